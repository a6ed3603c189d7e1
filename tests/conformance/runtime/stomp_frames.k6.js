// Reads and writes the frames of CASES, a file of JSON, and tells what came out.
import encoding from "k6/encoding";
import { py } from "../../../k6_export/runtime/python.js";
import * as frames from "../../../k6_export/runtime/stomp_frames.js";

const CASES = JSON.parse(open(__ENV.CASES));
const bytes = (base64) => new Uint8Array(encoding.b64decode(base64, "std"));

function read({ pieces, binary }) {
  const reader = new frames.Reader();
  const told = [];
  try {
    for (const piece of pieces) {
      for (const { command, headers, value } of reader.feed(binary ? bytes(piece) : piece)) {
        told.push(py.repr(py.Tuple.of(command, headers, value)));
      }
    }
  } catch (error) {
    if (!(error instanceof frames.StompError)) throw error;
    told.push(error.message);
  }
  return told;
}

function write({ command, headers, text, base64 }) {
  const body = base64 === undefined ? text : bytes(base64);
  const written = frames.encode_frame(command, new Map(headers), body);
  if (typeof written === "string") return written;
  return { base64: encoding.b64encode(written.buffer) };
}

export default function () {
  console.log(JSON.stringify([CASES.read.map(read), CASES.write.map(write)]));
}
