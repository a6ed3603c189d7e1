"""KTB Chat: REST on one port, Socket.IO on another, in the documented or the deployed dialect."""
