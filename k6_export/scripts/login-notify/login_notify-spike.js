// locustfiles/login_notify.py, plan spike: compiled by `ktb-load export`.
// Change the sources and export again; what is changed here gets lost.
// k6 run -e BASE_URL=http://localhost:8003 THIS_FILE
// KTB_LOAD_SEED: the same seed makes the same choices, in k6 as under Locust.
import { Run, py } from "./lib/runtime.js";
import { NotifiedPerson } from "./lib/login_notify.js";

export const options = {
  "userAgent": "ktb-load",
  "setupTimeout": "20m",
  "scenarios": {
    "log_in_twice": {
      "executor": "ramping-vus",
      "startVUs": 20,
      "stages": [{"duration": "30s", "target": 20}, {"duration": "10s", "target": 100}, {"duration": "1m", "target": 100}, {"duration": "10s", "target": 20}, {"duration": "1m", "target": 20}],
      "gracefulRampDown": "20s",
      "gracefulStop": "20s",
      "exec": "log_in_twice",
    },
  },
  "thresholds": {
    "http_req_failed": ["rate<0.05"],
    "http_req_duration": ["p(95)<1500"],
    "http_req_duration{name:/api/login}": ["p(95)<3000"],
    "checks": ["rate>0.95"],
    "chat_connecting": ["p(95)<3000"],
    "login_notify_logout": ["p(95)<1500", "p(99)<4500"],
    "chat_timeouts": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
  },
};

py.attributes(NotifiedPerson, {
  host: __ENV.BASE_URL ?? "http://localhost:8003",
  tasks: ["log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "listen_to_news", "listen_to_news", "listen_to_news", "tell_everybody", "tell_everybody", "remind_myself", "remind_myself", "stay_logged_in", "wrong_password"],
});
const run = new Run({
  classes: [NotifiedPerson],
  expected_vus: 100,
  env: {},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const log_in_twice = (data) => run.iterate({ turn: [NotifiedPerson], task: "log_in_twice" }, data);
export default (data) => run.iterate({ turn: [NotifiedPerson], task: null }, data);
