// One connection with one acknowledged message, and one that is refused.
import * as py from "../../../k6_export/runtime/python.js";
import { ConnectFailed } from "../../../k6_export/runtime/errors.js";
import { SocketIOClient, SocketIOOptions } from "../../../k6_export/runtime/socketio.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const options = (auth, name) =>
  py.callkw(SocketIOOptions, null, [], { auth: py.from_js(auth), name });

export default async function () {
  const { network } = new VU({ user_agent: "" });
  const { ORIGIN } = __ENV;
  const client = await SocketIOClient.connect(network, ORIGIN, options({ token: "good" }, "chat"));
  await client.call("answer", 1, new Uint8Array([50]));
  await client.close();
  try {
    await SocketIOClient.connect(network, ORIGIN, options({ token: "bad" }, ""));
  } catch (error) {
    if (!(error instanceof ConnectFailed)) throw error;
  }
}
