/** A virtual user as a task sees it: identity, seeded generator, clients. */
import { k6_vu } from "./execution.js";
import { HttpClient } from "./http.js";
import { Network } from "./network.js";
import { Random } from "./random.js";
import { Recorder } from "./recorder.js";

/** One VU. Lives as long as the test; k6 makes one for `setup()` and `teardown()`, too. */
export class VU {
  constructor(run) {
    this.run = run;
    this.random = new Random();
    this.recorder = new Recorder();
    this.network = new Network(this.recorder, run.user_agent);
    this.env = {};
    this._http = new Map();
  }

  /** 1-based and unique in the test; 0 in `setup()` and `teardown()`. */
  get id() {
    return k6_vu().idInTest;
  }

  /** 0-based iterations of this VU in the scenario. */
  get iteration() {
    return k6_vu().iterationInScenario;
  }

  /** This VU's client for a host. */
  http_for(host) {
    if (!this._http.has(host)) {
      this._http.set(host, new HttpClient(this.network, host, this.run.http_options));
    }
    return this._http.get(host);
  }
}
