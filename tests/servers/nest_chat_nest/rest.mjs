// The REST half: tokens for anybody, and rooms for those who have one.
import { Body, Controller, createParamDecorator, Get, Inject, Param, Patch, Post, Query } from "@nestjs/common";
import { UnauthorizedException, UseGuards } from "@nestjs/common";
import { JwtService } from "@nestjs/jwt";
import { ChatService } from "./chat.service.mjs";
import { decorateClass, decorateConstructor, decorateMethod } from "./decorate.mjs";

export class AuthController {
  constructor(jwt) {
    this.jwt = jwt;
  }

  devToken({ userUuid }) {
    return { accessToken: this.jwt.sign({ userUuid }) };
  }
}
decorateClass(AuthController, Controller("auth"));
decorateConstructor(AuthController, Inject(JwtService));
decorateMethod(AuthController, "devToken", [Post("dev-token")], [Body()]);

export class JwtGuard {
  constructor(jwt) {
    this.jwt = jwt;
  }

  canActivate(context) {
    const request = context.switchToHttp().getRequest();
    try {
      request.userUuid = this.jwt.verify(request.headers.authorization?.replace("Bearer ", "")).userUuid;
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
decorateConstructor(JwtGuard, Inject(JwtService));

const UserUuid = createParamDecorator((_, context) => context.switchToHttp().getRequest().userUuid);

export class ChatController {
  constructor(service) {
    this.service = service;
  }

  createRoom(user, body) {
    return this.service.createRoom(user, body);
  }

  listRooms(user, query) {
    return this.service.listRooms(user, query);
  }

  room(user, roomUuid) {
    return this.service.room(user, roomUuid);
  }

  send(user, roomUuid, body) {
    return this.service.send(user, roomUuid, body);
  }

  listMessages(user, roomUuid, query) {
    return this.service.listMessages(user, roomUuid, query);
  }

  markAsRead(user, roomUuid) {
    return this.service.markAsRead(user, roomUuid);
  }
}
const inRoom = Param("roomUuid");
decorateClass(ChatController, Controller("chat"), UseGuards(JwtGuard));
decorateConstructor(ChatController, Inject(ChatService));
decorateMethod(ChatController, "createRoom", [Post("room")], [UserUuid(), Body()]);
decorateMethod(ChatController, "listRooms", [Get("rooms")], [UserUuid(), Query()]);
decorateMethod(ChatController, "room", [Get("room/:roomUuid")], [UserUuid(), inRoom]);
decorateMethod(ChatController, "send", [Post("room/:roomUuid/message")], [UserUuid(), inRoom, Body()]);
decorateMethod(ChatController, "listMessages", [Get("room/:roomUuid/messages")], [UserUuid(), inRoom, Query()]);
decorateMethod(ChatController, "markAsRead", [Patch("room/:roomUuid/read")], [UserUuid(), inRoom]);
