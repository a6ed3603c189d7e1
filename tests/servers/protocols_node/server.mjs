// A WebSocket server of `ws`. It prints where it listens, and ends when its input ends.
//
//   /echo      sends back what comes; "close CODE REASON" closes, "terminate" cuts TCP
//   /private   the same for those whose cookie is jwt_token=good; others get 401
//   /hello     says hello at once, and then echoes

import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const http = createServer();
const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => (offered.has("chat.v2") ? "chat.v2" : false),
});

function echo(socket) {
  socket.on("message", (data, isBinary) => {
    const text = isBinary ? "" : data.toString();
    const [verb, code, ...reason] = text.split(" ");
    if (verb === "close") socket.close(Number(code), reason.join(" "));
    else if (verb === "terminate") socket.terminate();
    else socket.send(data, { binary: isBinary });
  });
}

http.on("upgrade", (request, socket, head) => {
  const cookies = request.headers.cookie ?? "";
  if (request.url === "/private" && !cookies.includes("jwt_token=good")) {
    const body = '{"error": "invalid_token", "message": "JWT token is invalid"}';
    const length = `Content-Length: ${body.length}`;
    socket.end(`HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n${length}\r\n\r\n${body}`);
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) => {
    if (request.url === "/hello") opened.send('{"type":"hello","to":"안녕"}');
    echo(opened);
  });
});

http.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ ws: `ws://127.0.0.1:${http.address().port}` }));
});
process.stdin.on("end", () => process.exit()).resume();
