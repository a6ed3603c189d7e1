// @stomp/stompjs in front of a broker: connects, subscribes, sends what it is told on its input, and
// writes what it hears, one JSON line a thing.
//
//   node stomp.mjs ORIGIN TOKEN SUBSCRIPTION HEART_BEAT_MS
//
// Input lines: {"destination", "body"}; the end of the input makes it leave with a receipt.

import { createInterface } from "node:readline";
import { Client } from "@stomp/stompjs";
import { WebSocket } from "ws";

Object.assign(globalThis, { WebSocket });
const [origin, token, subscription, heartBeatMs] = process.argv.slice(2);
const tell = (kind, more = {}) => process.stdout.write(`${JSON.stringify({ kind, ...more })}\n`);

const client = new Client({
  brokerURL: `${origin.replace("http", "ws")}/ws`,
  connectHeaders: { Authorization: `Bearer ${token}` },
  heartbeatIncoming: Number(heartBeatMs),
  heartbeatOutgoing: Number(heartBeatMs),
  reconnectDelay: 0,
  splitLargeFrames: true,
  maxWebSocketChunkSize: 100,
  onStompError: (frame) => tell("error", { headers: frame.headers, body: frame.body }),
  onWebSocketClose: (event) => tell("closed", { code: event.code }),
  onDisconnect: () => tell("disconnected"),
  onConnect: (frame) => {
    tell("connected", { version: client.connectedVersion, user: frame.headers["user-name"] });
    client.watchForReceipt("subscribed", () => tell("subscribed"));
    const headers = { receipt: "subscribed" };
    client.subscribe(subscription, (message) => tell("message", { body: message.body }), headers);
  },
});
client.activate();

createInterface({ input: process.stdin })
  .on("line", (line) => client.publish(JSON.parse(line)))
  .on("close", () => client.deactivate());
