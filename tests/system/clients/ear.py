"""A listener that keeps what it hears, and lets a test wait for it."""

import gevent
from gevent.event import Event

WITHIN_S = 5.0


class Ear:
    def __init__(self):
        self.messages, self.ends, self.bell = [], [], Event()

    def on_message(self, data, at):
        self.messages.append(data)
        self.bell.set()

    def on_end(self, end):
        self.ends.append(end)
        self.bell.set()

    def wait_for(self, count):
        self._until(lambda: len(self.messages) >= count)
        return self.messages

    def wait_for_end(self):
        self._until(lambda: self.ends)
        return self.ends[0]

    def _until(self, done):
        with gevent.Timeout(WITHIN_S):
            while not done():
                self.bell.clear()
                self.bell.wait()
