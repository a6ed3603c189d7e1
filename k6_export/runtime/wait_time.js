/** Locust's wait times: how long a VU rests after an iteration, in seconds. */
import { py } from "./python.js";
import { current } from "./context.js";

/** A random time from `low` to `high`. */
export function between(low, high) {
  return () => current().random.uniform(low, high);
}

/** Always the same time. */
export function constant(seconds) {
  return () => seconds;
}

/** So long that iterations begin `seconds` apart, as far as they are shorter than that. */
export function constant_pacing(seconds) {
  return function wait_time() {
    const now = py.lib["time.perf_counter"]();
    const next = py.add(this.$paced_until ?? now, seconds);
    const rest = py.b.max(0, py.sub(next, now));
    this.$paced_until = py.add(now, rest);
    return rest;
  };
}

/** Iterations begin `per_second` times a second. */
export function constant_throughput(per_second) {
  return constant_pacing(py.div(1, per_second));
}
