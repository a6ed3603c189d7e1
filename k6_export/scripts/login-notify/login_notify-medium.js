// locustfiles/login_notify.py, plan medium: compiled by `ktb-load export`.
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
      "executor": "constant-vus",
      "vus": 100,
      "duration": "3m",
      "gracefulStop": "20s",
      "exec": "log_in_twice",
    },
    "listen": {
      "executor": "constant-vus",
      "vus": 100,
      "duration": "3m",
      "gracefulStop": "40s",
      "exec": "listen_to_news",
      "env": {"LISTEN_SECONDS": "30"},
    },
    "announce": {
      "executor": "constant-arrival-rate",
      "rate": 1,
      "duration": "3m",
      "preAllocatedVUs": 10,
      "exec": "tell_everybody",
      "env": {"MESSAGES": "1"},
    },
  },
  "thresholds": {
    "http_req_failed": ["rate<0.01"],
    "http_req_duration": ["p(95)<500"],
    "http_req_duration{name:/api/login}": ["p(95)<1000"],
    "checks": ["rate>0.99"],
    "chat_connecting": ["p(95)<1000"],
    "login_notify_logout": ["p(95)<500", "p(99)<1500"],
    "chat_timeouts": ["count==0"],
    "chat_unexpected_disconnections": ["count==0"],
    "chat_round_trip": ["p(95)<500"],
    "chat_delivery": ["p(95)<500"],
    "chat_messages_lost": ["count==0"],
    "chat_messages_received": ["count>0"],
  },
};

py.attributes(NotifiedPerson, {
  host: __ENV.BASE_URL ?? "http://localhost:8003",
  tasks: ["log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "log_in_twice", "listen_to_news", "listen_to_news", "listen_to_news", "tell_everybody", "tell_everybody", "remind_myself", "remind_myself", "stay_logged_in", "wrong_password"],
});
const run = new Run({
  classes: [NotifiedPerson],
  expected_vus: 210,
  env: {"LISTEN_SECONDS": "30", "MESSAGES": "1"},
});

export const setup = () => run.setup();
export const teardown = (data) => run.teardown(data);
export const log_in_twice = (data) => run.iterate({ turn: [NotifiedPerson], task: "log_in_twice" }, data);
export const listen_to_news = (data) => run.iterate({ turn: [NotifiedPerson], task: "listen_to_news" }, data);
export const tell_everybody = (data) => run.iterate({ turn: [NotifiedPerson], task: "tell_everybody" }, data);
export default (data) => run.iterate({ turn: [NotifiedPerson], task: null }, data);
