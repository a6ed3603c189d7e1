/**
 * What surrounds the tasks: `setup()`, iterations, `teardown()`; the other half of
 * ktb_load/locust_host/vu.py and run.py.
 *
 *     const run = new Run({ classes: [ChatUser], seed: "1", expected_vus: 10 });
 *     export const setup = () => run.setup();
 *     export const chat = (data) => run.iterate({ turn: [ChatUser], task: "chat" }, data);
 *     export const teardown = (data) => run.teardown(data);
 *
 * k6 has no moment at which a VU leaves a scenario, so there is no `on_stop`; and an open socket
 * keeps an iteration from ending, so those that a task leaves open are closed behind it.
 */
import exec from "k6/execution";
import { py } from "./python.js";
import { pause } from "./clock.js";
import { enter } from "./context.js";
import { AbortTest, ExchangeFailed, IterationFailed } from "./errors.js";
import { k6_scenario } from "./execution.js";
import { begin_tags } from "./recorder.js";
import { VU } from "./vu.js";



const SEEDS = 1000000;

/** One per VU, since k6 gives every VU modules of its own. */
export class Run {
  /**
   * @param {object} plan
   * @param {Array} plan.classes - the user classes whose `setup()` and `teardown()` run
   * @param {string} plan.seed - empty: KTB_LOAD_SEED, else drawn in `setup()`
   * @param {number} plan.expected_vus - how many VUs there will be at most
   * @param {object} plan.env - what `setting()` finds in `setup()` and `teardown()`
   * @param {string} plan.user_agent - empty: the k6 option's
   * @param {object} plan.http_options - for HttpClient
   */
  constructor({
    classes, seed = "", expected_vus = 1, env = {}, user_agent = "", http_options = {},
  }) {
    this.expected_vus = expected_vus;
    this.user_agent = user_agent;
    this.http_options = http_options;
    this.seed = __ENV.KTB_LOAD_SEED ?? seed;
    this._classes = classes;
    this._env = env;
    this._users = new Map();
    this._data = new Map();
    this._texts = {};
    this._vu = new VU(this);
  }

  /** Run every class's `setup()`; their data as JSON, by class. */
  async setup() {
    if (this.seed === "") {
      this.seed = String(Math.floor(Math.random() * SEEDS));
      console.info(`seed ${this.seed}: give it as KTB_LOAD_SEED to make the same choices again`);
    }
    const data = {};
    await this._stage("setup", async (user) => {
      data[user.constructor.name] = py.to_json(await user.setup());
    });
    return { seed: this.seed, data };
  }

  /** Run every class's `teardown(data)`. */
  async teardown(data) {
    this._take(data);
    await this._stage("teardown", (user) => user.teardown(this.data_for(user.constructor.name)));
  }

  /**
   * One iteration.
   *
   * @param {object} work - `turn`: classes by weight, VU n is of class `turn[(n - 1) % length]`;
   *   `task`: a method's name, or null for a weighted pick among the class's static `tasks` (names,
   *   each as often as its weight says)
   * @param {object} data - what `setup` returned
   */
  async iterate(work, data) {
    const vu = this._vu;
    this._take(data);
    vu.env = {};
    begin_tags();
    enter(vu);
    const user = this._user(work.turn[(vu.id - 1) % work.turn.length]);
    try {
      await this._run_task(user, work);
    } catch (error) {
      this._failed(error);
    } finally {
      vu.network.forsake_sockets();
    }
  }

  /** What a class's `setup()` returned. */
  data_for(name) {
    if (!this._data.has(name)) {
      const text = this._texts[name];
      this._data.set(name, text === undefined ? null : py.from_json(text));
    }
    return this._data.get(name);
  }

  _take(data) {
    if (!data) return;
    this.seed = data.seed;
    this._texts = data.data;
  }

  async _run_task(user, work) {
    const { random, id, iteration } = this._vu;
    const { name, iterationInTest } = k6_scenario();
    if (__ENV.KTB_LOAD_MARKS) this._vu.network.mark = `${name}/${id}/${iterationInTest}`;
    if (iteration === 0) {
      random.reseed(`${this.seed}/${name}/vu ${id}`);
      await user.on_start();
    }
    random.reseed(`${this.seed}/${name}/${iterationInTest}`);
    await user[work.task ?? picked(user.constructor.tasks, random)]();
    if (py.b.callable(user.wait_time)) await pause(await user.wait_time());
  }

  /** An exception ended the iteration: it is said, and the VU goes on. */
  _failed(error) {
    if (error instanceof AbortTest) {
      exec.test.abort(error.message);
    } else if (error instanceof ExchangeFailed || error instanceof IterationFailed) {
      console.warn(`VU ${this._vu.id}: ${error.name}: ${error.message}`);
    } else {
      throw error;
    }
  }

  async _stage(name, run) {
    const vu = this._vu;
    vu.env = this._env;
    vu.random.reseed(`${this.seed}/${name}`);
    enter(vu);
    try {
      for (const user_class of this._classes) await run(this._user(user_class));
    } catch (error) {
      if (error instanceof AbortTest) exec.test.abort(error.message);
      console.error(error.stack);
      await thrown_outside(new Error(`${name}() failed: ${error.name}: ${error.message}`));
    } finally {
      vu.network.forsake_sockets();
    }
  }

  /** This VU's instance of a class; made when first needed. */
  _user(user_class) {
    if (!this._users.has(user_class)) {
      const user = py.make(user_class, null);
      user.vu = this._vu;
      this._users.set(user_class, user);
    }
    return this._users.get(user_class);
  }
}

/**
 * Throw where no promise is: k6 then ends with the exit code of a script exception (107), else with
 * that of any error (255). It must be an Error of the engine's own: k6 asks for its text when no
 * script may run any more. Nothing comes after it, so the promise stays open.
 */
function thrown_outside(error) {
  setTimeout(() => {
    throw error;
  }, 0);
  return new Promise(() => {});
}

function picked(tasks, random) {
  return tasks.length === 1 ? tasks[0] : random.choice(tasks);
}
