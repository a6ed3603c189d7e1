// locustfiles/chat.py, plan stress: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:5001 -e SOCKET_URL=http://host:port THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { ChatUser } from "./lib/chat.js";

export const options = {
  "userAgent": "ktb-load",
  "setupTimeout": "20m",
  "scenarios": {
    "chat": {
      "executor": "ramping-vus",
      "startVUs": 0,
      "stages": [{"duration": "30s", "target": 100}, {"duration": "1m", "target": 100}, {"duration": "30s", "target": 200}, {"duration": "1m", "target": 200}, {"duration": "30s", "target": 400}, {"duration": "1m", "target": 400}, {"duration": "30s", "target": 800}, {"duration": "1m", "target": 800}, {"duration": "30s", "target": 0}],
      "gracefulRampDown": "40s",
      "gracefulStop": "40s",
      "exec": "chat",
      "env": {"ROOM_SIZE": "20", "MESSAGES": "20"},
    },
  },
  "thresholds": {
    "http_req_failed": ["rate<0.05"],
    "http_req_duration": ["p(95)<1500"],
    "http_req_duration{name:/api/auth/login}": ["p(95)<3000"],
    "checks": ["rate>0.95"],
    "chat_connecting": ["p(95)<3000"],
    "chat_round_trip": ["p(95)<1500", "p(99)<5000"],
    "chat_delivery": ["p(95)<1500"],
    "chat_messages_lost": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "chat_messages_received": ["count>0"],
  },
};

py.attributes(ChatUser, {
  host: __ENV.BASE_URL ?? "http://localhost:5001",
  tasks: ["chat", "chat", "chat", "chat", "chat", "chat", "chat", "chat", "chat", "chat", "lurk", "lurk", "lurk", "several_rooms", "several_rooms", "react_to_messages", "react_to_messages", "share_a_file", "ask_the_ai", "change_profile", "wrong_password", "banned_word", "reconnect", "browse_rooms"],
  socket_host: __ENV.SOCKET_URL ?? "",
});
const run = new Run({
  classes: [ChatUser],
  expected_vus: 800,
  env: {"ROOM_SIZE": "20", "MESSAGES": "20"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const chat = (data) => run.iterate({ turn: [ChatUser], task: "chat" }, data);
export default (data) => run.iterate({ turn: [ChatUser], task: null }, data);
