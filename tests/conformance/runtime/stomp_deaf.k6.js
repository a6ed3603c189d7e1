// Brokers that say nothing more once they have said CONNECTED: SILENT promised heart-beats, DEAF none.
import { py } from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import { StompClient, StompOptions } from "../../../k6_export/runtime/stomp.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));

export default async function () {
  const vu = new VU({ user_agent: "judge" });
  enter(vu);
  const options = py.callkw(StompOptions, null, [], { heart_beat_ms: py.Tuple.of(0, 100) });
  const silent = await StompClient.connect(vu.network, __ENV.SILENT, options);
  try {
    await silent.first_of([silent.expect("/never")], 5);
  } catch (error) {
    tell("silence", py.Tuple.of(error.name, error.message, error.code, silent.close_cause));
  }
  const deaf = await StompClient.connect(vu.network, __ENV.DEAF, options);
  const began = Date.now();
  await deaf.close();
  tell("closed", py.Tuple.of(deaf.close_cause, deaf.connected, Date.now() - began < 6000));
  tell("left open", vu.network.sockets.size);
}
