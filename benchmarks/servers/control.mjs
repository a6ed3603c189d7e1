// What a benchmark's server and the benchmark say to each other: one line when it listens, and one
// with its counters for each line that comes in. It ends with its standard input.

export function serve(http, counters) {
  http.listen({ port: 0, host: "0.0.0.0", backlog: 8192 }, () => say({ port: http.address().port }));
  process.stdin.on("data", () => say(counters)).on("end", () => process.exit(0));
}

function say(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
