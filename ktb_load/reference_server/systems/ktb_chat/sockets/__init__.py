"""The Socket.IO half of KTB Chat."""
