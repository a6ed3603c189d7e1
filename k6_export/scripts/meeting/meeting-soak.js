// locustfiles/meeting.py, plan soak: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:8080 THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { Guest } from "./lib/meeting.js";

// Left out: chat_notification, which k6 does not measure.
export const options = {
  "userAgent": "ktb-load",
  "setupTimeout": "20m",
  "scenarios": {
    "talk": {
      "executor": "constant-vus",
      "vus": 50,
      "duration": "2h",
      "gracefulStop": "40s",
      "exec": "talk",
      "env": {"ROOM_SIZE": "10", "MESSAGES": "30", "ACCOUNTS_PER_SECOND": "50"},
    },
    "host": {
      "executor": "constant-arrival-rate",
      "rate": 1,
      "duration": "2h",
      "preAllocatedVUs": 10,
      "gracefulStop": "40s",
      "exec": "host_a_meeting",
    },
  },
  "thresholds": {
    "http_req_failed": ["rate<0.01"],
    "http_req_duration": ["p(95)<500"],
    "http_req_duration{name:/api/v1/oauth/kakao/callback}": ["p(95)<1000"],
    "checks": ["rate>0.99"],
    "chat_connecting": ["p(95)<1000"],
    "chat_joining": ["p(95)<500"],
    "chat_round_trip": ["p(95)<300", "p(99)<1000"],
    "chat_delivery": ["p(95)<300"],
    "chat_messages_lost": ["count==0"],
    "chat_timeouts": ["count==0"],
    "chat_errors": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "chat_messages_received": ["count>0"],
    "dropped_iterations": ["count==0"],
  },
};

py.attributes(Guest, {
  host: __ENV.BASE_URL ?? "http://localhost:8080",
  tasks: ["talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "host_a_meeting", "host_a_meeting", "host_a_meeting", "look_around", "look_around", "look_around", "sign_up", "reconnect", "bad_token"],
});
const run = new Run({
  classes: [Guest],
  expected_vus: 60,
  env: {"ROOM_SIZE": "10", "MESSAGES": "30", "ACCOUNTS_PER_SECOND": "50"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const talk = (data) => run.iterate({ turn: [Guest], task: "talk" }, data);
export const host_a_meeting = (data) => run.iterate({ turn: [Guest], task: "host_a_meeting" }, data);
export default (data) => run.iterate({ turn: [Guest], task: null }, data);
