// The REST application: who may call what, and how failures look. The calls themselves are in the
// rest_*.mjs files.

import express from "express";
import multer from "multer";
import { BadBody, fail } from "./answers.mjs";
import { authCalls } from "./rest_auth.mjs";
import { fileCalls } from "./rest_files.mjs";
import { roomCalls } from "./rest_rooms.mjs";
import { userCalls } from "./rest_users.mjs";
import { readToken, tokenOf } from "./tokens.mjs";

export function restApp(world) {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());
  app.get("/api", (request, response) => response.json(apiInfo()));
  app.get("/api/health", (request, response) => response.json(health()));
  authCalls(app, world, signedIn(world));
  userCalls(app, world, signedIn(world));
  roomCalls(app, world, signedIn(world));
  fileCalls(app, world, signedIn(world));
  judgeCalls(app, world);
  app.use(signedIn(world), (request, response) =>
    fail(response, 404, "요청한 리소스를 찾을 수 없습니다."),
  );
  app.use(failures(world));
  return app;
}

function apiInfo() {
  return { name: "KTB Chat API", version: "1.0.0", description: "in-memory judge" };
}

function health() {
  return { status: "ok", timestamp: new Date().toISOString(), env: "test" };
}

/**
 * Puts the caller on the request, or answers 401 with an empty body. A wrong or missing `x-session-
 * id` is ignored.
 */
function signedIn({ store }) {
  return (request, response, next) => {
    const claims = readToken(tokenOf(request));
    const user = claims && store.users.get(claims.sub);
    if (user && store.sessionLives(user.id, claims.sessionId)) {
      request.user = user;
      return next();
    }
    return response.status(401).set("WWW-Authenticate", "Bearer").end();
  };
}

/**
 * No call of the contract deletes a room; this one does, so that a client can be shown
 * `roomDeleted`.
 */
function judgeCalls(app, { store, io }) {
  app.delete("/judge/rooms/:roomId", (request, response) => {
    if (!store.removeRoom(request.params.roomId))
      return fail(response, 404, "채팅방을 찾을 수 없습니다.");
    io.emit("roomDeleted", request.params.roomId);
    return response.json({ success: true });
  });
}

/**
 * A body that cannot be read is the server's own failure on a deployment, and the caller's in the
 * document.
 */
function failures({ shapes }) {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error.code === "LIMIT_FILE_SIZE") {
      return fail(
        response,
        413,
        `파일 크기는 ${error.limitText}를 초과할 수 없습니다.`,
        "FILE_TOO_LARGE",
      );
    }
    const callersFault =
      error instanceof multer.MulterError || error instanceof BadBody || error.expose;
    if (!callersFault) process.stderr.write(`${error.stack}\n`);
    const documented = callersFault && !shapes.deployed;
    const [status, code] = documented ? [400, "BAD_REQUEST"] : [500, "INTERNAL_SERVER_ERROR"];
    const message = documented ? error.message : "서버 내부 오류가 발생했습니다.";
    return response.status(status).json({ success: false, message, code, path: request.path });
  };
}
