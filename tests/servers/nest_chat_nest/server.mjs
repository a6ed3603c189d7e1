// A server of the nest-chat contract, made of NestJS itself. Everything lives in memory. It exists
// to judge the load generator's client, so nothing here is shared with the generator or with the
// reference server; where the contract leaves room it does what the deployment does: read marks go
// to the others only, lists of rooms are called `chatRooms`.

import { parseArgs } from "node:util";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { JwtModule } from "@nestjs/jwt";
import { ChatGateway } from "./chat.gateway.mjs";
import { ChatService } from "./chat.service.mjs";
import { decorateClass } from "./decorate.mjs";
import { AuthController, ChatController, JwtGuard } from "./rest.mjs";

const HELP = `usage: node server.mjs [--port N] [--stop-with-stdin]
  --port N           0 is any free port (0)
  --stop-with-stdin  end when standard input ends
`;

const { values: given } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "stop-with-stdin": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (given.help || !/^\d+$/.test(given.port)) {
  (given.help ? process.stdout : process.stderr).write(HELP);
  process.exit(given.help ? 0 : 2);
}

class AppModule {}
decorateClass(AppModule, Module({
  imports: [JwtModule.register({ secret: "of this server alone", signOptions: { expiresIn: "1d" } })],
  controllers: [AuthController, ChatController],
  providers: [ChatService, ChatGateway, JwtGuard],
}));

const app = await NestFactory.create(AppModule, { logger: ["error", "fatal"] });
app.setGlobalPrefix("api");
await app.listen(Number(given.port), "127.0.0.1");

process.on("SIGTERM", () => process.exit(0));
process.on("SIGINT", () => process.exit(0));
if (given["stop-with-stdin"]) process.stdin.on("end", () => process.exit(0)).resume();

const origin = `http://127.0.0.1:${app.getHttpServer().address().port}`;
const ready = { system: "nest-chat", dialect: "deployed", rest: origin, socket: origin, pid: process.pid };
process.stdout.write(`${JSON.stringify(ready)}\n`);
