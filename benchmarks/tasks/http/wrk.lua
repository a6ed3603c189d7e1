-- GET and POST in turn, made once.
local turn = 0
local read, write

function init()
  local json = { ["Content-Type"] = "application/json" }
  read = wrk.format("GET", "/rooms/7")
  write = wrk.format("POST", "/rooms", json, '{"name":"room 8","people":20}')
end

function request()
  turn = 1 - turn
  return turn == 1 and read or write
end

function done(summary, latency)
  io.write(string.format("  50%% %.3fms\n", latency:percentile(50) / 1000))
  io.write(string.format("  95%% %.3fms\n", latency:percentile(95) / 1000))
end
