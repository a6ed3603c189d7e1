// JSON web tokens: who the caller is, and which session the token was made for.

import { randomBytes } from "node:crypto";
import jwt from "jsonwebtoken";

const SECRET = randomBytes(32);
const LIFETIME = "24h";

export function issueToken(user, sessionId) {
  return jwt.sign({ sub: user.id, email: user.email, sessionId }, SECRET, { expiresIn: LIFETIME });
}

/**
 * The claims of a good token, or null. A token past its time is good only where the caller says so.
 */
export function readToken(token, { ignoreExpiration = false } = {}) {
  try {
    return jwt.verify(token, SECRET, { algorithms: ["HS256"], ignoreExpiration });
  } catch {
    return null;
  }
}

/** The token of a REST call: `x-auth-token`, or else `Authorization: Bearer`. */
export function tokenOf(request) {
  const [, bearer] = /^Bearer (.+)$/.exec(request.get("authorization") ?? "") ?? [];
  return request.get("x-auth-token") ?? bearer;
}
