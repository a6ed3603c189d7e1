// /api/auth: register, log in and out, check and renew a token.

import { fail, failValidation, needsJson } from "./answers.mjs";
import { issueToken, readToken, tokenOf } from "./tokens.mjs";

const PLAIN_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MISSING = "토큰 또는 세션 ID가 필요합니다.";

export function authCalls(app, world, signedIn) {
  app.get("/api/auth", (request, response) =>
    response.json({ status: "active", routes: routes() }),
  );
  app.post("/api/auth/register", needsJson, (request, response) =>
    register(world, request, response),
  );
  app.post("/api/auth/login", needsJson, (request, response) => login(world, request, response));
  app.post("/api/auth/logout", signedIn, (request, response) => logout(world, request, response));
  app.post("/api/auth/verify-token", (request, response) => verify(world, request, response));
  app.post("/api/auth/refresh-token", (request, response) => refresh(world, request, response));
}

function routes() {
  const calls = ["register", "login", "logout", "verify-token", "refresh-token"];
  return Object.fromEntries(calls.map((call) => [`/${call}`, "POST"]));
}

function text(value) {
  return typeof value === "string" ? value : "";
}

function accountProblems({ email, password }) {
  const problems = [];
  if (!PLAIN_EMAIL.test(text(email))) {
    problems.push({ field: "email", message: "올바른 이메일 형식이 아닙니다." });
  }
  if (text(password).length < 6) {
    problems.push({ field: "password", message: "비밀번호는 6자 이상이어야 합니다." });
  }
  return problems;
}

export function nameProblems(name) {
  if (text(name).trim().length >= 2) return [];
  return [{ field: "name", message: "이름은 2자 이상이어야 합니다." }];
}

function register({ store, shapes }, request, response) {
  const { name, email, password } = request.body;
  const problems = [...nameProblems(name), ...accountProblems(request.body)];
  if (problems.length) return failValidation(response, problems);
  if (store.userByEmail(email.toLowerCase()))
    return fail(response, 409, "이미 등록된 이메일입니다.");
  const user = store.addUser(name.trim(), email.toLowerCase(), password);
  const message = "회원가입이 완료되었습니다.";
  if (!shapes.deployed) {
    return response
      .status(201)
      .json({ success: true, ...newSession(store, user), user: shapes.account(user), message });
  }
  const account = { ...shapes.account(user), profileImage: null };
  return response
    .status(201)
    .json({ success: true, token: null, sessionId: null, user: account, message });
}

function newSession(store, user) {
  const sessionId = store.openSession(user.id);
  return { token: issueToken(user, sessionId), sessionId };
}

function login({ store, shapes }, request, response) {
  const problems = accountProblems(request.body);
  if (problems.length) return failValidation(response, problems);
  const user = store.userByEmail(request.body.email.toLowerCase());
  if (!user || !store.passwordFits(user, request.body.password)) {
    return fail(response, 401, "이메일 또는 비밀번호가 올바르지 않습니다.");
  }
  const session = newSession(store, user);
  if (shapes.deployed) {
    response.set({ Authorization: `Bearer ${session.token}`, "x-session-id": session.sessionId });
  }
  return response.json({
    success: true,
    ...session,
    user: shapes.account(user),
    message: "로그인이 완료되었습니다.",
  });
}

function logout({ store, presence }, request, response) {
  if (!request.get("x-session-id")) return fail(response, 400, "x-session-id 헤더가 필요합니다.");
  store.endSession(request.user.id);
  presence.endSession(request.user.id, "logout", "로그아웃되었습니다.");
  return response.json({ success: true, message: "로그아웃이 완료되었습니다." });
}

function verify({ store, shapes }, request, response) {
  const token = tokenOf(request);
  const sessionId = request.get("x-session-id");
  if (!token || !sessionId) return response.status(400).json({ valid: false, message: MISSING });
  const user = store.users.get(readToken(token)?.sub);
  if (!user)
    return response.status(401).json({ valid: false, message: "유효하지 않은 토큰입니다." });
  if (!store.sessionLives(user.id, sessionId)) {
    return response.status(401).json({ valid: false, message: "만료된 세션입니다." });
  }
  return response.json({
    success: true,
    message: "토큰이 유효합니다.",
    user: shapes.account(user),
  });
}

function refresh({ store }, request, response) {
  const token = tokenOf(request);
  const sessionId = request.get("x-session-id");
  if (!token || !sessionId) return fail(response, 400, MISSING);
  const user = store.users.get(readToken(token, { ignoreExpiration: true })?.sub);
  if (!user) return fail(response, 401, "사용자를 찾을 수 없습니다.");
  if (!store.sessionLives(user.id, sessionId)) return fail(response, 401, "만료된 세션입니다.");
  return response.json({
    success: true,
    message: "토큰이 갱신되었습니다.",
    ...newSession(store, user),
  });
}
