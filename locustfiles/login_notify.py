"""People who log in and listen: locust -f locustfiles/login_notify.py --plan smoke --headless

A task is one visit, and one k6 iteration. A plan picks a task with `exec: log_in_twice`, or lets
the weights pick.
"""

from locust import task

from ktb_load import setting, think
from ktb_load.systems.login_notify import Account, LoginNotifyUser


class NotifiedPerson(LoginNotifyUser):
    @task(10)
    def log_in_twice(self):
        first = self.log_in(self.account)
        with self.connect(first) as socket:
            think(1, 3)
            self.account = self.second_login(socket)
        self.connect_with_void_token(first)

    @task(3)
    def listen_to_news(self):
        self.account = self.log_in(self.account)
        with self.connect(self.account) as socket:
            self.listen(socket, setting("LISTEN_SECONDS", 10))

    @task(2)
    def tell_everybody(self):
        self.account = self.log_in(self.account)
        with self.connect(self.account) as socket:
            for number in range(setting("MESSAGES", 3)):
                self.announce(socket, f"공지 {number + 1}")
                think(1, 3)

    @task(2)
    def remind_myself(self):
        self.account = self.log_in(self.account)
        with self.connect(self.account) as socket:
            self.notify_myself(socket)

    @task(1)
    def stay_logged_in(self):
        self.account = self.refresh(self.log_in(self.account))
        with self.connect(self.account) as socket:
            self.listen(socket, 1)

    @task(1)
    def wrong_password(self):
        self.log_in_with_wrong_password(self.account)
        self.connect_with_void_token(Account("nobody", "no token"))
