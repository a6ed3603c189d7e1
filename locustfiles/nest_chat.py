"""People in a NestJS chat. Try it: locust -f locustfiles/nest_chat.py --plan smoke --headless

A task is one visit, and one k6 iteration. A plan picks a task with `exec: talk`, or lets the
weights pick.
"""

from locust import task

from ktb_load import setting
from ktb_load.systems.nest_chat import NestChatUser


class NestUser(NestChatUser):
    @task(10)
    def talk(self):
        room = self.my_room()
        with self.enter(room) as socket:
            for number in range(setting("MESSAGES", 10)):
                self.type_for(socket, room, self.vu.random.uniform(1, 3))
                self.say(socket, room, f"안녕하세요 {number + 1}")

    @task(3)
    def read(self):
        room = self.my_room()
        self.fetch_history(self.account, room)
        with self.enter(room) as socket:
            self.mark_as_read(socket, room)
            self.listen(socket, setting("LISTEN_SECONDS", 10))

    @task(1)
    def share_an_image(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.share_image(socket, room, "http://localhost/picture.png")
            self.leave(socket, room)

    @task(1)
    def reconnect(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.say(socket, room, "into the tunnel")
            self.listen(socket, 1)
            socket.drop()
        with self.enter(room) as socket:
            self.say(socket, room, "and out again")
            self.listen(socket, 1)

    @task(1)
    def step_out(self):
        room = self.my_room()
        with self.enter(room) as socket:
            self.leave(socket, room)
            self.listen(socket, self.vu.random.uniform(1, 5))  # what is said now is a notification
            self.join(socket, room)
            self.say(socket, room, "what did I miss?")
            self.listen(socket, 2)

    @task(1)
    def browse(self):
        for room in self.list_rooms(self.account)[:1]:
            self.look_at_room(self.account, room)
            self.post_message(self.account, room, "I was here")
            self.mark_all_as_read(self.account, room)

    @task(1)
    def bad_token(self):
        self.connect_with_bad_token()
