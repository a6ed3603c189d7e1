"""People in the Erlang chat: locust -f locustfiles/erlang_chat.py --plan smoke --headless

A task is one visit, and one k6 iteration. A plan picks a task with `exec: talk`, or lets the
weights pick.
"""

from locust import task

from ktb_load import check, setting, think
from ktb_load.systems.erlang_chat import ErlangChatUser


class ErlangUser(ErlangChatUser):
    @task(10)
    def talk(self):
        self.come_back()
        room = self.my_room()
        with self.enter(room) as socket:
            for number in range(setting("MESSAGES", 10)):
                think(1, 3)
                self.say(socket, room, f"안녕하세요 {number + 1}")

    @task(3)
    def listen_and_react(self):
        self.come_back()
        room = self.my_room()
        with self.enter(room) as socket:
            message = self.say(socket, room, "who likes this?")
            if message:
                self.mark_as_read(self.account, room, message["messageId"])
                self.react(self.account, room, message["messageId"], "like")
            self.listen(socket, setting("LISTEN_SECONDS", 10))

    @task(1)
    def change_my_mind(self):
        self.come_back()
        room = self.my_room()
        message_id = self.post_message(self.account, room, "see you at seven")
        self.edit_message(self.account, room, message_id, "see you at eight")
        self.delete_message(self.account, room, message_id)

    @task(1)
    def life_of_a_room(self):
        self.come_back()
        mine = self.account
        room = self.open_room(mine, f"room of {mine.user_id}", ["guest1", "guest2"])
        self.add_participant(mine, room, "guest3")
        self.change_role(mine, room, "guest3", "sub-admin")
        self.remove_participant(mine, room, "guest2")
        self.rename_room(mine, room, "a better name")
        with self.enter(room) as socket:
            self.say(socket, room, "nobody here?")
        think(0.2)
        check(None, {"room is idle": self.state_of_room(mine, room) == "idle"})
        self.delete_room(mine, room)

    @task(1)
    def bad_token(self):
        self.connect_with_bad_token()
