/**
 * Time, and waiting for it. The engine's own clock knows whole milliseconds only, that of k6 more.
 */
import exec from "k6/execution";

let offset_ms = null;

/**
 * Milliseconds since 1970, with fractions: k6's monotonic clock, laid on the wall clock. Where the
 * two disagree, somebody has set the wall clock, and they are laid on each other anew.
 */
export function wall_ms() {
  const before = Date.now();
  const running = running_ms();
  if (running === null) return before;
  const now = running + offset_ms;
  return offset_ms !== null && now >= before && now <= Date.now() + 1 ? now : calibrated();
}

/** Wait for the next tick of `Date.now()`, at most a millisecond: at that moment it is exact. */
function calibrated() {
  const first = Date.now();
  let tick = first;
  while (tick === first) tick = Date.now();
  offset_ms = tick - running_ms();
  return tick;
}

/** Making it costs k6 fifty times what asking it does. */
let instance = null;

/** How long the test has been running; null in the init context, where k6 does not tell. */
export function running_ms() {
  try {
    instance ??= exec.instance;
    return instance.currentTestRunDuration;
  } catch {
    return null;
  }
}

/** Wait without blocking: sockets are served meanwhile. A timer keeps the iteration alive. */
export function pause(seconds) {
  const ms = Number(seconds) * 1000;
  return ms > 0 ? new Promise((done) => setTimeout(done, ms)) : Promise.resolve();
}

/** Waits for `ring()`, at most for a time. */
export class Bell {
  constructor() {
    this._has_rung = false;
    this._waiting = [];
  }

  ring() {
    this._has_rung = true;
    for (const wake of this._waiting.splice(0)) wake();
  }

  /** Whether it rang in time. The timer ends with the wait, and keeps the iteration alive. */
  wait(seconds) {
    if (this._has_rung) return Promise.resolve(true);
    return new Promise((answer) => {
      const timer = setTimeout(() => answer(false), Math.max(0, Number(seconds) * 1000));
      this._waiting.push(() => {
        clearTimeout(timer);
        answer(true);
      });
    });
  }
}
