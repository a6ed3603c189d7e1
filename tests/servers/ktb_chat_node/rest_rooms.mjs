// /api/rooms: list, create, look at, join.

import { RateLimit } from "./rate_limit.mjs";
import { BadBody, fail, needsJson } from "./answers.mjs";

const LIST_WINDOW_MS = 30_000;
const LARGEST_PAGE = 50;
const NO_ROOM = "채팅방을 찾을 수 없습니다.";
const SORT_KEYS = {
  createdAt: (room) => room.createdAt.getTime(),
  name: (room) => room.name,
  participantsCount: (room) => room.participants.size,
};

export function roomCalls(app, world, signedIn) {
  const limit = new RateLimit(world.settings.listLimit, LIST_WINDOW_MS);
  app.get("/api/rooms/health", (request, response) => response.json(health()));
  app.get("/api/rooms", signedIn, limited(limit, world), (request, response) =>
    list(world, request, response),
  );
  app.post("/api/rooms", signedIn, needsJson, (request, response) =>
    create(world, request, response),
  );
  app.get("/api/rooms/:roomId", signedIn, (request, response) => show(world, request, response));
  app.post("/api/rooms/:roomId/join", signedIn, joinBody(world), (request, response) => {
    join(world, request, response);
  });
}

function health() {
  const now = new Date().toISOString();
  return {
    success: true,
    timestamp: now,
    services: { database: { connected: true, latency: 0 } },
    lastActivity: now,
  };
}

function limited(limit, { shapes }) {
  return (request, response, next) => {
    const turn = limit.take(request.ip);
    if (shapes.deployed) {
      response.set({
        "X-RateLimit-Limit": String(limit.limit),
        "X-RateLimit-Remaining": String(turn.remaining),
        "X-RateLimit-Reset": String(Math.ceil(turn.endsAt / 1000)),
        "X-RateLimit-Window": String(limit.windowMs / 1000),
      });
    }
    if (turn.allowed) return next();
    response.set("Retry-After", String(turn.retryAfter));
    return fail(response, 429, "요청 한도를 초과했습니다.", "RATE_LIMIT_EXCEEDED");
  };
}

function pageNumber(value, otherwise) {
  return /^\d+$/.test(value ?? "") ? Number(value) : otherwise;
}

function sorted(rooms, field, order) {
  const key = SORT_KEYS[field];
  const compare = (one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other)));
  const ascending = rooms.toSorted(compare);
  return order === "asc" ? ascending : ascending.reverse();
}

function list({ store, shapes }, request, response) {
  const { search = "", sortField, sortOrder } = request.query;
  const page = pageNumber(request.query.page, 0);
  const pageSize = Math.min(LARGEST_PAGE, Math.max(1, pageNumber(request.query.pageSize, 10)));
  const field = Object.hasOwn(SORT_KEYS, sortField ?? "") ? sortField : "createdAt";
  const order = sortOrder === "asc" ? "asc" : "desc";
  const wanted = String(search).toLowerCase();
  const found = [...store.rooms.values()].filter((room) =>
    room.name.toLowerCase().includes(wanted),
  );
  const rooms = sorted(found, field, order).slice(page * pageSize, (page + 1) * pageSize);
  const totalPages = Math.ceil(found.length / pageSize);
  const metadata = {
    total: found.length,
    page,
    pageSize,
    totalPages,
    hasMore: page + 1 < totalPages,
  };
  Object.assign(metadata, { currentCount: rooms.length, sort: { field, order } });
  response.json({ success: true, data: rooms.map((room) => shapes.room(store, room)), metadata });
}

function create({ store, shapes, io }, request, response) {
  const { name, password } = request.body;
  if (typeof name !== "string" || !name.trim()) return fail(response, 400, "방 이름은 필수입니다.");
  const room = store.addRoom(
    name.trim(),
    request.user.id,
    typeof password === "string" ? password : "",
  );
  io.emit("roomCreated", shapes.room(store, room));
  return response.status(201).json(shapes.answer(shapes.room(store, room)));
}

function show({ store, shapes }, request, response) {
  const room = store.rooms.get(request.params.roomId);
  if (!room) return fail(response, 404, NO_ROOM);
  return response.json(shapes.answer(shapes.room(store, room)));
}

/**
 * Deployed servers cannot join without a JSON body, be it `{}`; the document makes the password
 * optional.
 */
function joinBody({ shapes }) {
  return (request, response, next) => {
    if (shapes.deployed) return needsJson(request, response, next);
    request.body ??= {};
    return next(
      typeof request.body === "object" ? undefined : new BadBody("The body is no JSON object"),
    );
  };
}

function join({ store, shapes, io }, request, response) {
  const room = store.rooms.get(request.params.roomId);
  if (!room) return fail(response, 404, NO_ROOM);
  const { password } = request.body;
  if (room.password && !store.passwordFits(room, typeof password === "string" ? password : "")) {
    return fail(response, 401, "비밀번호가 일치하지 않습니다.");
  }
  room.participants.add(request.user.id);
  const joined = shapes.room(store, room);
  io.to(room.id).emit("roomUpdated", joined);
  if (shapes.deployed) return response.json(shapes.answer(joined));
  const { messages, hasMore } = store.page(room.id);
  const past = messages.map((message) => shapes.pastMessage(store, message));
  const { participants } = joined;
  return response.json({
    roomId: room.id,
    participants,
    messages: past,
    hasMore,
    activeStreams: [],
  });
}
