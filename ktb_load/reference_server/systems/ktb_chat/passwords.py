"""What passwords cost. Keeping them is cheap here; a deployment's hashing is imitated on demand."""

import asyncio
import hashlib
import time

from ktb_load.reference_server.systems.ktb_chat.storage.people import People, Person

_ROUNDS = 2_000


def burn(cpu_s: float) -> None:
    """Spend this much time of one core, and let other threads run meanwhile."""
    end = time.thread_time() + cpu_s
    while time.thread_time() < end:
        hashlib.pbkdf2_hmac("sha256", b"password", b"salt", _ROUNDS)


class Passwords:
    """Makes accounts and checks passwords, at a price."""

    def __init__(self, people: People, hash_s: float) -> None:
        self._people = people
        self._hash_s = hash_s

    async def pay(self) -> None:
        if self._hash_s:
            await asyncio.get_running_loop().run_in_executor(None, burn, self._hash_s)

    async def fits(self, person: Person, password: str) -> bool:
        await self.pay()
        return self._people.password_fits(person.id, password)
