"""Sockets as all systems speak them: WebSocket, Socket.IO, STOMP, and who is told what."""
