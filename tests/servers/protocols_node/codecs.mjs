// The codecs of @stomp/stompjs and eventsource-parser: a question in JSON on each line of the
// input, the answer on a line of the output. Bytes are in Base64.

import { createInterface } from "node:readline";
import { FrameImpl, Parser } from "@stomp/stompjs";
import { createParser } from "eventsource-parser";

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
const base64 = (data) => Buffer.from(data).toString("base64");

const ANSWERS = {
  /** Frames of a stream of bytes that comes in pieces. */
  read_stomp({ pieces }) {
    const frames = [];
    const parser = new Parser(
      (raw) => {
        const { command, headers, binaryBody } = FrameImpl.fromRawFrame(raw, true);
        frames.push({ command, headers: { ...headers }, body: base64(binaryBody) });
      },
      () => {},
    );
    for (const piece of pieces) parser.parseChunk(bytes(piece).buffer);
    return frames;
  },

  /** A frame as bytes; a body that is text is written as text. */
  write_stomp({ command, headers, text, binary }) {
    const body = binary === undefined ? { body: text } : { binaryBody: bytes(binary) };
    const frame = new FrameImpl({ command, headers, escapeHeaderValues: true, ...body });
    return base64(frame.serialize());
  },

  /** Events of a stream that comes in pieces, with what it says of `retry`. */
  read_sse({ pieces }) {
    const events = [];
    let retry = null;
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ event, data, id }) => events.push([event ?? "message", data, id ?? null]),
      onRetry: (ms) => {
        retry = ms;
      },
    });
    for (const piece of pieces) parser.feed(decoder.decode(bytes(piece), { stream: true }));
    return { events, retry };
  },
};

console.log(JSON.stringify({ knows: Object.keys(ANSWERS) }));
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  console.log(JSON.stringify(ANSWERS[ask](question)));
}
