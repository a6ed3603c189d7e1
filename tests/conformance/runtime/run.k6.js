// Two user classes, run as a compiled script runs them.
import * as py from "../../../k6_export/runtime/python.js";
import exec from "k6/execution";
import { ConnectFailed } from "../../../k6_export/runtime/errors.js";
import { Run } from "../../../k6_export/runtime/run.js";
import { LoadUser } from "../../../k6_export/runtime/user.js";
import { SocketIOClient, SocketIOOptions } from "../../../k6_export/runtime/socketio.js";
import { abort, check, fail, setting, think } from "../../../k6_export/runtime/vocabulary.js";

const tell = (told) => console.log(JSON.stringify(told));

class ChatUser extends LoadUser {
  async setup() {
    await think(0.01);
    if (__ENV.SETUP === "fails") fail("no test today");
    if (__ENV.SETUP === "aborts") abort("no test today");
    check(1, new py.Dict([["in setup", true]]));
    return py.from_js({
      text: this.vu.random.text(8), vus: this.vu.run.expected_vus, id: this.vu.id,
      whole: new py.Float(2), env: setting("OF_A_SCENARIO", ""),
    });
  }

  async on_start() {
    await think(0.01);
    tell({ did: "on_start", vu: this.vu.id, text: this.vu.random.text(8) });
    this.count = 0;
  }

  _did(task) {
    this.count += 1;
    const text = this.vu.random.text(8);
    const iteration = exec.scenario.iterationInTest;
    tell({ did: task, vu: this.vu.id, iteration, count: this.count, text, own: this.vu.iteration });
  }

  async chat() {
    await think(0.005);
    this._did("chat");
  }

  lurk() {
    this._did("lurk");
  }

  async fail_in_several_ways() {
    const data = py.repr(this.data);
    const iteration = exec.scenario.iterationInTest;
    tell({ did: "fail", data, iteration, same: this.data === this.data });
    if (iteration === 0) fail("on purpose");
    if (iteration === 1) throw py.make(ConnectFailed, "nobody there", "connection", "1");
    if (iteration === 2) throw new py.e.KeyError("a bug");
    await think(0.01);
  }

  async leave_open() {
    const options = py.make(SocketIOOptions);
    await SocketIOClient.connect(this.vu.network, __ENV.ORIGIN, options);
    tell({ did: "leave_open" });
  }

  async abort_it() {
    await think(0.01);
    try {
      abort("that is enough");
    } finally {
      tell({ did: "finally" });
    }
  }

  teardown(data) {
    tell({ did: "teardown", id: this.vu.id, data: py.repr(data) });
  }
}
py.attributes(ChatUser, { tasks: ["chat", "chat", "chat", "lurk"] });

class Waiting extends LoadUser {
  only() {
    tell({ did: "only", vu: this.vu.id, data: this.data });
  }

  wait_time() {
    return 0.2;
  }
}
py.attributes(Waiting, { tasks: ["only"] });

const shape = { executor: "shared-iterations", vus: 2 };
const SCENARIOS = {
  picks: { ...shape, iterations: 40 },
  fails: { ...shape, vus: 1, iterations: 4, exec: "fails" },
  open: { ...shape, vus: 1, iterations: 2, exec: "open_ones" },
  abort: { ...shape, vus: 1, iterations: 5, exec: "abort_it" },
  waits: { ...shape, iterations: 2, exec: "waits" },
};
export const options = { scenarios: { [__ENV.SCENARIO]: SCENARIOS[__ENV.SCENARIO] } };

const run = new Run({
  classes: [ChatUser, Waiting], seed: __ENV.SEED, expected_vus: 2, env: { OF_A_SCENARIO: "yes" },
});

export const setup = () => run.setup();
export default (data) => run.iterate({ turn: [ChatUser], task: null }, data);
export const fails = (data) =>
  run.iterate({ turn: [ChatUser], task: "fail_in_several_ways" }, data);
export const open_ones = (data) => run.iterate({ turn: [ChatUser], task: "leave_open" }, data);
export const abort_it = (data) => run.iterate({ turn: [ChatUser], task: "abort_it" }, data);
export const waits = (data) => run.iterate({ turn: [Waiting], task: "only" }, data);
export const teardown = (data) => run.teardown(data);
