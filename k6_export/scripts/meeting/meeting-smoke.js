// locustfiles/meeting.py, plan smoke: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:8080 THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { Guest } from "./lib/meeting.js";

// Left out: chat_notification, which k6 does not measure.
export const options = {
  "userAgent": "ktb-load",
  "scenarios": {
    "talk": {
      "executor": "constant-vus",
      "vus": 10,
      "duration": "20s",
      "gracefulStop": "30s",
      "exec": "talk",
      "env": {"ROOM_SIZE": "5", "MESSAGES": "5", "ACCOUNTS_PER_SECOND": "50"},
    },
    "host": {
      "executor": "per-vu-iterations",
      "vus": 3,
      "iterations": 2,
      "maxDuration": "1m",
      "exec": "host_a_meeting",
    },
    "look_around": {
      "executor": "per-vu-iterations",
      "maxDuration": "1m",
      "exec": "look_around",
      "env": {"LISTEN_SECONDS": "5"},
    },
    "sign_up": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "sign_up"},
    "reconnect": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "reconnect"},
    "bad_token": {"executor": "per-vu-iterations", "maxDuration": "1m", "exec": "bad_token"},
  },
  "thresholds": {
    "http_req_failed": ["rate<0.01"],
    "http_req_duration": ["p(95)<500"],
    "http_req_duration{name:/api/v1/oauth/kakao/callback}": ["p(95)<1000"],
    "checks": ["rate>0.99"],
    "chat_connecting": ["p(95)<1000"],
    "chat_joining": ["p(95)<500"],
    "chat_round_trip": ["p(95)<500", "p(99)<1000"],
    "chat_delivery": ["p(95)<500"],
    "chat_messages_lost": ["count==0"],
    "chat_timeouts": ["count==0"],
    "chat_errors": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "chat_messages_received": ["count>0"],
  },
};

py.attributes(Guest, {
  host: __ENV.BASE_URL ?? "http://localhost:8080",
  tasks: ["talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "host_a_meeting", "host_a_meeting", "host_a_meeting", "look_around", "look_around", "look_around", "sign_up", "reconnect", "bad_token"],
});
const run = new Run({
  classes: [Guest],
  expected_vus: 17,
  env: {"ROOM_SIZE": "5", "MESSAGES": "5", "ACCOUNTS_PER_SECOND": "50", "LISTEN_SECONDS": "5"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const talk = (data) => run.iterate({ turn: [Guest], task: "talk" }, data);
export const host_a_meeting = (data) => run.iterate({ turn: [Guest], task: "host_a_meeting" }, data);
export const look_around = (data) => run.iterate({ turn: [Guest], task: "look_around" }, data);
export const sign_up = (data) => run.iterate({ turn: [Guest], task: "sign_up" }, data);
export const reconnect = (data) => run.iterate({ turn: [Guest], task: "reconnect" }, data);
export const bad_token = (data) => run.iterate({ turn: [Guest], task: "bad_token" }, data);
export default (data) => run.iterate({ turn: [Guest], task: null }, data);
