// Refusals that all REST calls share.

export function fail(response, status, message, code) {
  return response
    .status(status)
    .json(code ? { success: false, message, code } : { success: false, message });
}

/** All field problems of a body at once; `problems` is a list of {field, message}. */
export function failValidation(response, problems) {
  const message = problems.map((problem) => problem.message).join(" ");
  return response
    .status(400)
    .json({ success: false, message, errors: problems, code: "VALIDATION_ERROR" });
}

/**
 * The body is not what the call can read: no JSON where some must be, or a file of a wrong type.
 */
export class BadBody extends Error {}

/** For calls that read a JSON body: without one they fail before they look at anything. */
export function needsJson(request, response, next) {
  const present = request.body !== null && typeof request.body === "object";
  next(present ? undefined : new BadBody("Required request body is missing"));
}
