// /api/users: the caller's own profile and account.

import { fail, failValidation, needsJson } from "./answers.mjs";
import { nameProblems } from "./rest_auth.mjs";
import { typeAgrees, upload } from "./uploads.mjs";

export function userCalls(app, world, signedIn) {
  app.get("/api/users/status", (request, response) => {
    response.json({
      success: true,
      message: "User API is running",
      timestamp: new Date().toISOString(),
    });
  });
  app.get("/api/users/profile", signedIn, (request, response) => {
    response.json({ success: true, user: world.shapes.person(request.user) });
  });
  app.put("/api/users/profile", signedIn, needsJson, (request, response) =>
    rename(world, request, response),
  );
  app.post("/api/users/profile-image", signedIn, upload("profileImage", 5), (request, response) => {
    setImage(world, request, response);
  });
  app.delete("/api/users/profile-image", signedIn, (request, response) => {
    request.user.profileImage = "";
    response.json({ success: true, message: "프로필 이미지가 삭제되었습니다." });
  });
  app.delete("/api/users/account", signedIn, (request, response) =>
    removeAccount(world, request, response),
  );
}

function rename({ shapes }, request, response) {
  const problems = nameProblems(request.body.name);
  if (problems.length) return failValidation(response, problems);
  request.user.name = request.body.name.trim();
  return response.json({
    success: true,
    message: "프로필이 업데이트되었습니다.",
    user: shapes.person(request.user),
  });
}

function setImage({ store }, request, response) {
  if (!request.file) return fail(response, 400, "이미지가 제공되지 않았습니다.");
  if (!request.file.mimetype.startsWith("image/") || !typeAgrees(request.file)) {
    return fail(response, 400, "지원하지 않는 파일 형식입니다.");
  }
  const imageUrl = `/api/files/view/${store.addFile(request.user.id, request.file).filename}`;
  request.user.profileImage = imageUrl;
  return response.json({ success: true, message: "프로필 이미지가 업데이트되었습니다.", imageUrl });
}

function removeAccount({ store, presence }, request, response) {
  store.removeUser(request.user);
  presence.endSession(request.user.id, "account_deleted", "회원 탈퇴가 완료되었습니다.");
  response.json({ success: true, message: "회원 탈퇴가 완료되었습니다." });
}
