/**
 * Python's exceptions as JS classes, with CPython's hierarchy. `e` holds them by name.
 *
 * Errors that the JS engine itself throws are none of these: `except Exception` lets them pass.
 */
import { Tuple, class_name } from "./values.js";
import { code_escape, repr, str } from "./text.js";

/** Let a property be computed until somebody assigns it. */
function assignable(prototype, name, get) {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get,
    set(value) {
      const described = { value, writable: true, configurable: true, enumerable: true };
      Object.defineProperty(this, name, described);
    },
  });
}

class BaseException extends Error {
  constructor(...args) {
    super();
    this.args = Tuple.from(args);
  }

  __init__(...args) {
    this.args = Tuple.from(args);
  }

  __str__() {
    if (this.args.length === 0) return "";
    return this.args.length === 1 ? str(this.args[0]) : repr(this.args);
  }

  __repr__() {
    const inner = this.args.length === 1 ? `(${repr(this.args[0])})` : repr(this.args);
    return class_name(this.constructor) + inner;
  }

  toString() {
    return `${this.name}: ${this.message}`;
  }
}
assignable(BaseException.prototype, "message", function message() {
  return str(this);
});
assignable(BaseException.prototype, "name", function name() {
  return class_name(this.constructor);
});

class Exception extends BaseException {}
class LookupError extends Exception {}

/** Its text is the repr of the key. */
class KeyError extends LookupError {
  __str__() {
    return this.args.length === 1 ? repr(this.args[0]) : super.__str__();
  }
}

class StopIteration extends Exception {
  get value() {
    return this.args[0] ?? null;
  }
}

class OSError extends Exception {
  get errno() {
    return this.args.length > 1 ? this.args[0] : null;
  }

  get strerror() {
    return this.args.length > 1 ? this.args[1] : null;
  }

  __str__() {
    if (this.args.length < 2) return super.__str__();
    return `[Errno ${str(this.args[0])}] ${str(this.args[1])}`;
  }
}

class ValueError extends Exception {}
class UnicodeError extends ValueError {}

/** `args`: encoding, object, start, end, reason. */
class UnicodeDecodeError extends UnicodeError {
  __str__() {
    const [encoding, object, start, end, reason] = this.args;
    const where = end === start + 1
      ? `byte 0x${object[start].toString(16).padStart(2, "0")} in position ${start}`
      : `bytes in position ${start}-${end - 1}`;
    return `'${encoding}' codec can't decode ${where}: ${reason}`;
  }
}

class UnicodeEncodeError extends UnicodeError {
  __str__() {
    const [encoding, object, start, end, reason] = this.args;
    const where = end === start + 1
      ? `character '${code_escape(Array.from(object)[start])}' in position ${start}`
      : `characters in position ${start}-${end - 1}`;
    return `'${encoding}' codec can't encode ${where}: ${reason}`;
  }
}

/** `json.JSONDecodeError(msg, doc, pos)`. */
class JSONDecodeError extends ValueError {
  constructor(msg, doc, pos) {
    const before = Array.from(doc).slice(0, pos);
    const lineno = before.filter((character) => character === "\n").length + 1;
    const colno = pos - before.lastIndexOf("\n");
    super(`${msg}: line ${lineno} column ${colno} (char ${pos})`);
    Object.assign(this, { msg, doc, pos, lineno, colno });
  }

  /** The arguments are in place already: `args` is the finished text. */
  __init__() {}
}

class ArithmeticError extends Exception {}
class NameError extends Exception {}
class RuntimeError extends Exception {}
class Warning extends Exception {}
class ConnectionError extends OSError {}

/** A class that differs from its base by its name alone. */
const heir = (name, base) => ({ [name]: class extends base {} })[name];

/** All exceptions by name. */
export const e = {
  BaseException,
  Exception,
  LookupError,
  KeyError,
  StopIteration,
  OSError,
  ValueError,
  UnicodeError,
  UnicodeDecodeError,
  UnicodeEncodeError,
  JSONDecodeError,
  ArithmeticError,
  NameError,
  RuntimeError,
  Warning,
  ConnectionError,
  AssertionError: heir("AssertionError", Exception),
  AttributeError: heir("AttributeError", Exception),
  BufferError: heir("BufferError", Exception),
  EOFError: heir("EOFError", Exception),
  ImportError: heir("ImportError", Exception),
  MemoryError: heir("MemoryError", Exception),
  TypeError: heir("TypeError", Exception),
  KeyboardInterrupt: heir("KeyboardInterrupt", BaseException),
  SystemExit: heir("SystemExit", BaseException),
  GeneratorExit: heir("GeneratorExit", BaseException),
  IndexError: heir("IndexError", LookupError),
  TimeoutError: heir("TimeoutError", OSError),
  FileNotFoundError: heir("FileNotFoundError", OSError),
  PermissionError: heir("PermissionError", OSError),
  FloatingPointError: heir("FloatingPointError", ArithmeticError),
  OverflowError: heir("OverflowError", ArithmeticError),
  ZeroDivisionError: heir("ZeroDivisionError", ArithmeticError),
  NotImplementedError: heir("NotImplementedError", RuntimeError),
  RecursionError: heir("RecursionError", RuntimeError),
  UnboundLocalError: heir("UnboundLocalError", NameError),
  UserWarning: heir("UserWarning", Warning),
  DeprecationWarning: heir("DeprecationWarning", Warning),
  ConnectionRefusedError: heir("ConnectionRefusedError", ConnectionError),
  ConnectionResetError: heir("ConnectionResetError", ConnectionError),
  ConnectionAbortedError: heir("ConnectionAbortedError", ConnectionError),
  BrokenPipeError: heir("BrokenPipeError", ConnectionError),
};

/** `throw type_error("...")` reads better in the modules that throw it often. */
export const type_error = (text) => new e.TypeError(text);
export const value_error = (text) => new e.ValueError(text);
