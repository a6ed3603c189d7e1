"""Users, their profiles, and what the mail that they get says."""

import itertools
from dataclasses import dataclass, field
from typing import Any

GENDERS = ("MALE", "FEMALE")


@dataclass(frozen=True)
class Profile:
    """What a user tells of itself; empty where it tells nothing."""

    gender: str
    birth: str
    introduction: str = ""
    mbti: str = ""
    image_url: str = ""

    @property
    def shape(self) -> dict[str, str]:
        return {
            "gender": self.gender,
            "birth": self.birth,
            "profileImageUrl": self.image_url,
            "introduction": self.introduction,
            "mbti": self.mbti,
        }


@dataclass
class User:
    """An account; without a password it came by way of OAuth."""

    id: int
    email: str
    nickname: str
    phone: str
    password: str | None
    is_verified: bool
    profile: Profile | None = None

    @property
    def image_url(self) -> str:
        return self.profile.image_url if self.profile else ""

    @property
    def shape(self) -> dict[str, Any]:
        """The user as it sees itself."""
        known = self.profile.shape if self.profile else {}
        return {
            "userId": self.id,
            "nickname": self.nickname,
            "phoneNumber": self.phone,
            "email": self.email,
            "gender": known.get("gender"),
            "birth": known.get("birth"),
            "profileImage": known.get("profileImageUrl"),
            "introduction": known.get("introduction"),
            "mbti": known.get("mbti"),
        }


@dataclass
class People:
    """All users. Addresses, nicknames and telephone numbers are taken once."""

    _users: dict[int, User] = field(default_factory=dict)
    _by: dict[tuple[str, str], User] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def get(self, user_id: int) -> User | None:
        return self._users.get(user_id)

    def by(self, field: str, value: str) -> User | None:
        """
        Args:
            field: ``email``, ``nickname`` or ``phoneNumber``.
        """
        return self._by.get((field, value))

    def add(self, email: str, nickname: str, phone: str, password: str | None) -> User:
        user = User(next(self._ids), email, nickname, phone, password, password is None)
        self._users[user.id] = user
        for key in _keys(user):
            self._by[key] = user
        return user

    def remove(self, user: User) -> None:
        del self._users[user.id]
        for key in _keys(user):
            del self._by[key]


def _keys(user: User) -> list[tuple[str, str]]:
    known = (("email", user.email), ("nickname", user.nickname), ("phoneNumber", user.phone))
    return [(field, value) for field, value in known if value]
