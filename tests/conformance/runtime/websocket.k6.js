// One connection to a server that is told how to behave by the path; then one of several endings.
import * as py from "../../../k6_export/runtime/python.js";
import { VU } from "../../../k6_export/runtime/vu.js";
import { pause } from "../../../k6_export/runtime/clock.js";
import { WebSocket, WebSocketOptions } from "../../../k6_export/runtime/websocket.js";

const tell = (told) => console.log(JSON.stringify(told));

const LISTENER = {
  on_message: (data) => tell({ came: typeof data === "string" ? data : Array.from(data) }),
  on_end: (end) => tell({ ended: end.cause, code: end.code, reason: end.reason }),
};

const ENDINGS = {
  close: (socket) => socket.close(4001, "enough"),
  abort: (socket) => socket.abort(),
  forsake: (socket) => socket.forsake(),
  wait: () => pause(0.4),
};

async function talk(url) {
  const { network } = new VU({ user_agent: "judge" });
  const options = py.callkw(WebSocketOptions, null, [], {
    name: "raw", headers: py.from_js({ "X-A": "1" }), timeout_s: Number(__ENV.TIMEOUT_S ?? 5),
  });
  const socket = await WebSocket.connect(network, url, LISTENER, options);
  socket.send("text");
  socket.send(new Uint8Array([0, 255]));
  socket.ping();
  await pause(Number(__ENV.PAUSE_S ?? 0.1));
  await ENDINGS[__ENV.ENDING](socket);
  tell({ open: socket.open, known: network.sockets.size });
  try {
    socket.send("too late");
  } catch (error) {
    tell({ raised: error.name, said: error.message });
  }
}

export default async function () {
  const began = Date.now();
  try {
    await talk(__ENV.URL);
  } catch (error) {
    tell({ raised: error.name, said: error.message, code: error.code });
  }
  tell({ took_ms: Date.now() - began });
}
