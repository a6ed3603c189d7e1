// /api/files: upload, download, view, delete.

import { BadBody, fail } from "./answers.mjs";
import { typeAgrees, upload } from "./uploads.mjs";

const NO_FILE = "파일을 찾을 수 없습니다.";
const NOT_ALLOWED = "파일에 접근할 권한이 없습니다.";

export function fileCalls(app, world, signedIn) {
  app.post("/api/files/upload", signedIn, upload("file", 50), (request, response) =>
    take(world, request, response),
  );
  app.get("/api/files/download/:filename", signedIn, (request, response) => {
    send(world, request, response, "attachment", owns);
  });
  app.get("/api/files/view/:filename", signedIn, (request, response) => {
    send(world, request, response, "inline", maySee);
  });
  app.delete("/api/files/:id", signedIn, (request, response) => remove(world, request, response));
}

function take({ store, shapes }, request, response) {
  if (!request.file) return fail(response, 400, "파일이 선택되지 않았습니다.");
  if (!typeAgrees(request.file)) throw new BadBody("지원하지 않는 파일 형식입니다.");
  const file = store.addFile(request.user.id, request.file);
  if (!shapes.deployed) return response.json({});
  return response.json({ success: true, file: shapes.file(file) });
}

function owns(store, file, user) {
  return file.ownerId === user.id;
}

/**
 * A file is seen by its owner, by everyone as a profile image, and by those in a room where it was
 * sent.
 */
function maySee(store, file, user) {
  const shownBy = store.person(file.ownerId).profileImage;
  if (owns(store, file, user) || shownBy.endsWith(`/${file.filename}`)) return true;
  return store.roomsSharing(file.id).some((room) => room.participants.has(user.id));
}

function send({ store }, request, response, disposition, allowed) {
  const file = store.fileByName(request.params.filename);
  if (!file) return fail(response, 404, NO_FILE);
  if (!allowed(store, file, request.user)) return fail(response, 403, NOT_ALLOWED);
  const name = encodeURIComponent(file.originalname);
  response.set("Content-Disposition", `${disposition}; filename*=UTF-8''${name}`);
  return response.type(file.mimetype).send(file.buffer);
}

function remove({ store }, request, response) {
  const file = store.files.get(request.params.id);
  if (!file) return fail(response, 404, NO_FILE);
  if (!owns(store, file, request.user)) return fail(response, 403, NOT_ALLOWED);
  store.files.delete(file.id);
  return response.json({ success: true, message: "파일이 삭제되었습니다." });
}
