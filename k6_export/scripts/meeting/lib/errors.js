/**
 * What can go wrong: the tree of ktb_load/errors.py, and `fail`'s IterationFailed.
 *
 * They are Python exceptions: made by `py.make`, caught by `except`, with `args`.
 */
import { py } from "./python.js";

/** The root of everything that we raise on purpose. */
export class KtbLoadError extends py.e.Exception {}

/** Ends the whole test at once, with exit code 108. */
export class AbortTest extends KtbLoadError {}

/** `fail(message)` ended the iteration; it still counts as completed, as in k6. */
export class IterationFailed extends KtbLoadError {}

/**
 * One exchange with the system under test failed. `kind` is a short word that metrics carry as a
 * tag; `code` is the protocol's or the system's own code, empty where there is none.
 */
export class ExchangeFailed extends KtbLoadError {
  __init__(message, kind = "", code = "") {
    super.__init__(message);
    this.kind = kind;
    this.code = code;
  }
}
py.signature(ExchangeFailed.prototype.__init__, ["message", "kind", "code"], ["kind", "code"]);

/** The awaited answer did not come before its deadline. */
export class TimedOut extends ExchangeFailed {}

/** The connection ended while an answer was awaited. */
export class Disconnected extends ExchangeFailed {}

/** The connection could not be made, or the other side refused it. */
export class ConnectFailed extends ExchangeFailed {}

/** The system answered, and the answer was a refusal. */
export class Rejected extends ExchangeFailed {}
