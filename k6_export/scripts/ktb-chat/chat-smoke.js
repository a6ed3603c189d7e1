// locustfiles/chat.py, plan smoke: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:5001 -e SOCKET_URL=http://host:port THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { ChatUser } from "./lib/chat.js";

export const options = {
  "userAgent": "ktb-load",
  "scenarios": {
    "chat": {
      "executor": "constant-vus",
      "vus": 10,
      "duration": "20s",
      "gracefulStop": "20s",
      "exec": "chat",
      "env": {"ROOM_SIZE": "5", "MESSAGES": "5", "ACCOUNTS_PER_SECOND": "50"},
    },
    "lurk": {
      "executor": "per-vu-iterations",
      "maxDuration": "1m",
      "exec": "lurk",
      "env": {"LISTEN_SECONDS": "5"},
    },
    "several_rooms": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "several_rooms"},
    "react": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "react_to_messages"},
    "file": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "share_a_file"},
    "ai": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "ask_the_ai"},
    "profile": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "change_profile"},
    "wrong_password": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "wrong_password"},
    "banned_word": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "banned_word"},
    "reconnect": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "reconnect"},
    "browse": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "browse_rooms"},
  },
  "thresholds": {
    "http_req_failed": ["rate<0.01"],
    "http_req_duration": ["p(95)<500"],
    "http_req_duration{name:/api/auth/login}": ["p(95)<1000"],
    "checks": ["rate>0.99"],
    "chat_connecting": ["p(95)<1000"],
    "chat_round_trip": ["p(95)<500", "p(99)<1000"],
    "chat_delivery": ["p(95)<500"],
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
  expected_vus: 20,
  env: {"ROOM_SIZE": "5", "MESSAGES": "5", "ACCOUNTS_PER_SECOND": "50", "LISTEN_SECONDS": "5"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const chat = (data) => run.iterate({ turn: [ChatUser], task: "chat" }, data);
export const lurk = (data) => run.iterate({ turn: [ChatUser], task: "lurk" }, data);
export const several_rooms = (data) => run.iterate({ turn: [ChatUser], task: "several_rooms" }, data);
export const react_to_messages = (data) => run.iterate({ turn: [ChatUser], task: "react_to_messages" }, data);
export const share_a_file = (data) => run.iterate({ turn: [ChatUser], task: "share_a_file" }, data);
export const ask_the_ai = (data) => run.iterate({ turn: [ChatUser], task: "ask_the_ai" }, data);
export const change_profile = (data) => run.iterate({ turn: [ChatUser], task: "change_profile" }, data);
export const wrong_password = (data) => run.iterate({ turn: [ChatUser], task: "wrong_password" }, data);
export const banned_word = (data) => run.iterate({ turn: [ChatUser], task: "banned_word" }, data);
export const reconnect = (data) => run.iterate({ turn: [ChatUser], task: "reconnect" }, data);
export const browse_rooms = (data) => run.iterate({ turn: [ChatUser], task: "browse_rooms" }, data);
export default (data) => run.iterate({ turn: [ChatUser], task: null }, data);
