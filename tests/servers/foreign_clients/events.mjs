// The eventsource package in front of an event stream: writes what it hears, one JSON line a thing,
// until its input ends. It comes back by itself, with Last-Event-ID.
//
//   node events.mjs URL TOKEN EVENT...

import { EventSource } from "eventsource";

const [url, token, ...events] = process.argv.slice(2);
const tell = (kind, more = {}) => process.stdout.write(`${JSON.stringify({ kind, ...more })}\n`);

const source = new EventSource(url, {
  fetch: (input, init) => {
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
    return fetch(input, { ...init, headers });
  },
});
source.addEventListener("open", () => tell("open"));
source.addEventListener("error", (error) => tell("error", { code: error.code ?? null }));
for (const event of events) {
  source.addEventListener(event, ({ data, lastEventId }) => tell(event, { data, lastEventId }));
}
process.stdin.resume().on("end", () => process.exit());
