// Multipart bodies, and which kinds of file are taken: MIME type and extension must agree.

import multer from "multer";

const MIME_TYPES = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** Puts the file of one multipart field on the request; a field of another name is no file. */
export function upload(field, megabytes) {
  const storage = multer.memoryStorage();
  const limits = { fileSize: megabytes * 1024 * 1024 };
  const read = multer({ storage, limits, defParamCharset: "utf8" }).any();
  return (request, response, next) => {
    read(request, response, (error) => {
      if (error) return next(Object.assign(error, { limitText: `${megabytes}MB` }));
      request.file = request.files?.find((file) => file.fieldname === field);
      return next();
    });
  };
}

export function typeAgrees({ originalname, mimetype }) {
  const extension = originalname.slice(originalname.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(MIME_TYPES, extension) && MIME_TYPES[extension] === mimetype;
}
