/** Who is speaking: the VU whose task runs. k6 gives every VU modules of its own. */
import { py } from "./python.js";

let speaking = null;

/** The VU of the task that is running: `{random, recorder, env}`. */
export function current() {
  if (speaking === null) {
    throw new py.e.RuntimeError(
      "check, group, think and setting can only be used while a task, setup() or teardown() runs");
  }
  return speaking;
}

/** Make `vu` the one that speaks. */
export function enter(vu) {
  speaking = vu;
}
