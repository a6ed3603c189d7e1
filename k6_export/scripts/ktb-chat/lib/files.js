// Compiled from ktb_load/chat/files.py by `ktb-load export`.
import { py } from "./runtime.js";

export const PICTURE = py.m.fromhex(py.b.bytes, "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"); // ktb_load/chat/files.py:3
export const _MEDIA_TYPES = new py.Dict([["jpg", "image/jpeg"], ["png", "image/png"], ["gif", "image/gif"], ["webp", "image/webp"], ["pdf", "application/pdf"], ["mp3", "audio/mpeg"], ["mp4", "video/mp4"]]); // ktb_load/chat/files.py:9
export function media_type(filename) { // ktb_load/chat/files.py:20
  return py.m.get(_MEDIA_TYPES, py.m.lower(py.getitem(py.m.rpartition(filename, "."), 2)), "application/octet-stream"); // 22
}

