/** `LoadUser`: what the exported user classes derive from, as in ktb_load/locust_host/user.py. */
import { py } from "./python.js";

/** A virtual user. One object for each VU and class, kept for the whole test. */
export class LoadUser {
  /** Who this is: `vu.id`, `vu.random`, `vu.iteration`. */
  vu = null;

  __init__() {}

  /** The VU's HTTP client for the class's `host`. */
  get http() {
    return this.vu.http_for(this.host ?? "");
  }

  /** What this class's `setup()` returned; null without one. */
  get data() {
    return this.vu.run.data_for(this.constructor.name);
  }

  /** A dict of one's own for what is not an attribute (`self.__dict__.setdefault(...)`). */
  get __dict__() {
    this._dict ??= new py.Dict();
    return this._dict;
  }

  on_start() {
    return null;
  }

  setup() {
    return null;
  }

  teardown() {
    return null;
  }
}
