// locustfiles/nest_chat.py, plan smoke: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:7777 THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { NestUser } from "./lib/nest_chat.js";

export const options = {
  "userAgent": "ktb-load",
  "scenarios": {
    "talk": {
      "executor": "constant-vus",
      "vus": 10,
      "duration": "20s",
      "gracefulStop": "20s",
      "exec": "talk",
      "env": {"ROOM_SIZE": "5", "MESSAGES": "5", "ACCOUNTS_PER_SECOND": "50"},
    },
    "step_out": {
      "executor": "per-vu-iterations",
      "vus": 5,
      "iterations": 2,
      "maxDuration": "1m",
      "exec": "step_out",
    },
    "read": {
      "executor": "per-vu-iterations",
      "maxDuration": "1m",
      "exec": "read",
      "env": {"LISTEN_SECONDS": "5"},
    },
    "image": {
      "executor": "per-vu-iterations",
      "maxDuration": "1m",
      "exec": "share_an_image",
      "env": {"TOKEN_IN": "header"},
    },
    "reconnect": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "reconnect"},
    "browse": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "browse"},
    "bad_token": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "bad_token"},
  },
  "thresholds": {
    "http_req_failed": ["rate<0.01"],
    "http_req_duration": ["p(95)<500"],
    "checks": ["rate>0.99"],
    "chat_connecting": ["p(95)<1000"],
    "chat_joining": ["p(95)<500"],
    "chat_delivery": ["p(95)<500", "p(99)<1000"],
    "chat_messages_lost": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "nest_chat_notifications": ["count>0"],
    "chat_messages_received": ["count>0"],
  },
};

py.attributes(NestUser, {
  host: __ENV.BASE_URL ?? "http://localhost:7777",
  tasks: ["talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "read", "read", "read", "share_an_image", "reconnect", "step_out", "browse", "bad_token"],
});
const run = new Run({
  classes: [NestUser],
  expected_vus: 20,
  env: {
  "ROOM_SIZE": "5",
  "MESSAGES": "5",
  "ACCOUNTS_PER_SECOND": "50",
  "LISTEN_SECONDS": "5",
  "TOKEN_IN": "header",
},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const talk = (data) => run.iterate({ turn: [NestUser], task: "talk" }, data);
export const step_out = (data) => run.iterate({ turn: [NestUser], task: "step_out" }, data);
export const read = (data) => run.iterate({ turn: [NestUser], task: "read" }, data);
export const share_an_image = (data) => run.iterate({ turn: [NestUser], task: "share_an_image" }, data);
export const reconnect = (data) => run.iterate({ turn: [NestUser], task: "reconnect" }, data);
export const browse = (data) => run.iterate({ turn: [NestUser], task: "browse" }, data);
export const bad_token = (data) => run.iterate({ turn: [NestUser], task: "bad_token" }, data);
export default (data) => run.iterate({ turn: [NestUser], task: null }, data);
