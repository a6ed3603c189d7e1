/** What the compiler writes for the classes of the test module. */
class Point {
  __init__(x, y = 0) {
    this.x = x;
    this.y = y;
  }

  __eq__(other) {
    return other instanceof Point && other.x === this.x && other.y === this.y;
  }

  __hash__() {
    return py.b.hash(py.Tuple.of(this.x, this.y));
  }

  __lt__(other) {
    return this.x < other.x;
  }

  __add__(other) {
    return py.make(Point, this.x + other.x, this.y + other.y);
  }

  __repr__() {
    return `Point(${py.repr(this.x)}, ${py.repr(this.y)})`;
  }

  __len__() {
    return this.x;
  }

  __contains__(item) {
    return item === this.x || item === this.y;
  }

  __iter__() {
    return [this.x, this.y];
  }

  __getitem__(index) {
    return py.getitem([this.x, this.y], index);
  }

  moved(dx, dy = 0) {
    return py.make(Point, this.x + dx, this.y + dy);
  }
}
Object.assign(Point.prototype.__init__, { $params: ["x", "y"], $defaults: { y: 0 } });
Object.assign(Point.prototype.moved, { $params: ["dx", "dy"], $defaults: { dy: 0 } });

class Refused extends py.e.ValueError {
  __init__(message, code = 0) {
    super.__init__(message);
    this.code = code;
  }
}
Object.assign(Refused.prototype.__init__, { $params: ["message", "code"], $defaults: { code: 0 } });

const shout = Object.assign((text, mark) => text.toUpperCase() + mark, {
  $params: ["text", "mark"],
  $defaults: { mark: "!" },
});

function attempt(f, ...exceptions) {
  try {
    return f();
  } catch (error) {
    if (exceptions.some((one) => py.isinstance(error, one))) return py.repr(error);
    throw error;
  }
}
