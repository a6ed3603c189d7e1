// locustfiles/nest_chat.py, plan spike: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:7777 THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { NestUser } from "./lib/nest_chat.js";

export const options = {
  "userAgent": "ktb-load",
  "setupTimeout": "15m",
  "scenarios": {
    "talk": {
      "executor": "ramping-vus",
      "startVUs": 50,
      "stages": [{"duration": "1m", "target": 50}, {"duration": "5s", "target": 400}, {"duration": "1m", "target": 400}, {"duration": "5s", "target": 50}, {"duration": "1m", "target": 50}],
      "gracefulRampDown": "40s",
      "gracefulStop": "40s",
      "exec": "talk",
      "env": {"ROOM_SIZE": "20", "MESSAGES": "10", "ACCOUNTS_PER_SECOND": "50"},
    },
  },
  "thresholds": {
    "http_req_failed": ["rate<0.05"],
    "http_req_duration": ["p(95)<1500"],
    "checks": ["rate>0.95"],
    "chat_connecting": ["p(95)<3000"],
    "chat_delivery": ["p(95)<1000", "p(99)<3000"],
    "chat_messages_lost": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "chat_messages_received": ["count>0"],
  },
};

py.attributes(NestUser, {
  host: __ENV.BASE_URL ?? "http://localhost:7777",
  tasks: ["talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "talk", "read", "read", "read", "share_an_image", "reconnect", "step_out", "browse", "bad_token"],
});
const run = new Run({
  classes: [NestUser],
  expected_vus: 400,
  env: {"ROOM_SIZE": "20", "MESSAGES": "10", "ACCOUNTS_PER_SECOND": "50"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const talk = (data) => run.iterate({ turn: [NestUser], task: "talk" }, data);
export default (data) => run.iterate({ turn: [NestUser], task: null }, data);
