"""People in KTB Chat. Try it: locust -f locustfiles/chat.py --plan smoke --headless

A task is one visit, and one k6 iteration. A plan picks a task with `exec: chat`, or lets the
weights pick.
"""

from locust import task

from ktb_load import setting, think
from ktb_load.systems.ktb_chat import PICTURE, KtbChatUser


class ChatUser(KtbChatUser):
    @task(10)
    def chat(self):
        room = self.my_room()
        with self.enter(room) as socket:
            for number in range(setting("MESSAGES", 10)):
                think(1, 3)
                self.say(socket, room, f"안녕하세요 {number + 1}")

    @task(3)
    def lurk(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.mark_as_read(socket, room, self.fetch_history(socket, room))
            self.listen(socket, setting("LISTEN_SECONDS", 10))

    @task(2)
    def several_rooms(self):
        with self.connect(self.account) as socket:
            for offset in range(3):
                room = self.my_room(offset)
                self.join(socket, room)
                self.say(socket, room, f"hello, {room.name}")
                think(1, 3)

    @task(2)
    def react_to_messages(self):
        room = self.my_room()
        with self.enter(room) as socket:
            message = self.say(socket, room, "who likes this?")
            if message:
                self.react(socket, message, "👍")
                self.take_back_reaction(socket, message, "👍")

    @task(1)
    def share_a_file(self):
        room = self.my_room()
        with self.enter(room) as socket:
            file = self.upload_file(self.account, "picture.png", PICTURE)
            if file:
                self.share_file(socket, room, file)
                self.download_file(self.account, file, len(PICTURE))

    @task(1)
    def ask_the_ai(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.mention_ai(socket, room, "오늘 뭐 먹지?")

    @task(1)
    def change_profile(self):
        self.account = self.rename(self.account, f"user {self.vu.random.text(4)}")
        self.change_picture(self.account, PICTURE)

    @task(1)
    def wrong_password(self):
        self.log_in_with_wrong_password(self.account)

    @task(1)
    def banned_word(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.say_banned(socket, room, setting("BANNED_WORD", "badword"))

    @task(1)
    def reconnect(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.say(socket, room, "into the tunnel")
            socket.drop()
        think(1, 2)
        with self.enter(room) as socket:
            self.fetch_history(socket, room)
            self.say(socket, room, "and out again")

    @task(1)
    def browse_rooms(self):
        for page in range(2):
            for room in self.list_rooms(self.account, page=page)[:1]:
                self.look_at_room(self.account, room)
            think(1, 3)
