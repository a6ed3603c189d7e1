// Somebody with @stomp/stompjs in a room: node stompjs_visit.mjs URL TOKEN ROOM USER
// Prints one line of JSON: what happened, in order.

import { Client } from "@stomp/stompjs";
import { WebSocket } from "ws";

const [url, token, room, user] = process.argv.slice(2);
const story = [];
const tell = (what, detail = "") => story.push([what, detail]);
const beats = { sent: 0, heard: 0 };

Object.assign(globalThis, { WebSocket });
const client = new Client({
  brokerURL: url,
  connectHeaders: { Authorization: `Bearer ${token}` },
  heartbeatOutgoing: 200,
  heartbeatIncoming: 200,
  reconnectDelay: 0,
  debug: (line) => {
    if (line === ">>> PING") beats.sent += 1;
    if (line === "<<< PONG") beats.heard += 1;
  },
});

const receipt = (id) => new Promise((done) => client.watchForReceipt(id, () => done()));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function say(message, id) {
  client.publish({
    destination: "/pub/chat/message",
    body: JSON.stringify({ userId: Number(user), roomId: Number(room), message }),
    headers: { receipt: id },
  });
}

async function visit(frame) {
  tell("connected", frame.headers.version);
  const known = receipt("subscribed");
  const subscription = client.subscribe(
    `/sub/chat/room/${room}`,
    ({ body, headers }) => {
      tell("message", [JSON.parse(body).message, headers.subscription === subscription.id]);
    },
    { receipt: "subscribed" },
  );
  await known;
  tell("subscribed");
  const said = receipt("said");
  say("안녕: 👍\\n", "said");
  await said;
  await pause(1000);
  tell("beats", beats.sent >= 3 && beats.heard >= 3 && client.connected);
  subscription.unsubscribe({ receipt: "left" });
  await receipt("left");
  const unheard = receipt("unheard");
  say("nobody hears it", "unheard");
  await unheard;
  await client.deactivate();
}

client.onConnect = (frame) => visit(frame);
client.onStompError = ({ headers, body }) => tell("error", [headers.message, JSON.parse(body)]);
client.onDisconnect = () => tell("disconnected");
client.onWebSocketClose = ({ code }) => {
  tell("closed", code);
  console.log(JSON.stringify(story));
  process.exit();
};
client.activate();
