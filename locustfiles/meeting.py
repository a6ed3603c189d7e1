"""People who meet. Try it: locust -f locustfiles/meeting.py --plan smoke --headless"""

from locust import task

from ktb_load import setting, think
from ktb_load.systems.meeting import MeetingUser


class Guest(MeetingUser):
    @task(10)
    def talk(self):
        self.come_back()
        room = self.my_room()
        with self.enter(room) as socket:
            for number in range(setting("MESSAGES", 10)):
                think(1, 3)
                self.say(socket, room, f"안녕하세요 {number + 1}")
            self.look_away(self.account, room)

    @task(3)
    def host_a_meeting(self):
        self.come_back()
        host = self.newcomer()
        meeting_id = self.create_meeting(host, f"{host.name} is hungry", 4)
        self.apply_and_notify(host, self.account, meeting_id)
        self.approve_all(host, meeting_id)
        room = self.room_of(host, meeting_id)
        with self.connect(host) as socket:
            self.join(socket, room)
            self.say(socket, room, "where shall we go?")
            self.leave_room(self.account, room)
            self.cancel_meeting(host, meeting_id)

    @task(3)
    def look_around(self):
        self.come_back()
        room = self.my_room()
        self.browse(self.account, room)
        with self.enter(room) as socket:
            self.listen(socket, setting("LISTEN_SECONDS", 10))

    @task(1)
    def sign_up(self):
        newcomer = self.newcomer_by_mail()
        self.visit(newcomer, self.my_room())

    @task(1)
    def reconnect(self):
        self.come_back()
        self.account = self.refresh(self.account)
        room = self.my_room()
        with self.enter(room) as socket:
            self.say(socket, room, "into the tunnel")
            socket.drop()
        think(1)
        with self.enter(room) as socket:
            self.say(socket, room, "and out again")

    @task(1)
    def bad_token(self):
        self.connect_with_bad_token()
