// Opens a WebSocket to each URL of CASES (a file of JSON), one after the other, and says what the
// first message was, or the error.
import { WebSocket } from "k6/websockets";

const urls = JSON.parse(open(__ENV.CASES));

export const options = { vus: 1, iterations: 1 };

export default async function () {
  for (const url of urls) {
    const socket = new WebSocket(url);
    const seen = await new Promise((resolve) => {
      socket.onmessage = (event) => resolve(event.data);
      socket.onerror = (event) => resolve(`error: ${event.error}`);
    });
    if (socket.readyState === 1) socket.close();
    console.log(`SEEN ${JSON.stringify([url, seen])}`);
  }
}
