// NestJS's decorators in plain JavaScript, which has none: what TypeScript would call for them.
import "reflect-metadata";

/** Apply decorators to a class; the first is the outermost, as written above it. */
export function decorateClass(target, ...decorators) {
  for (const decorator of decorators.reverse()) decorator(target);
}

/** Say what a constructor is given: `Inject(token)` for each of its parameters. */
export function decorateConstructor(target, ...parameters) {
  parameters.forEach((decorator, index) => decorator(target, undefined, index));
}

/** Apply decorators to a method, and to its parameters. */
export function decorateMethod(target, name, decorators, parameters = []) {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, name);
  parameters.forEach((decorator, index) => decorator(target.prototype, name, index));
  for (const decorator of decorators.reverse()) decorator(target.prototype, name, descriptor);
}
