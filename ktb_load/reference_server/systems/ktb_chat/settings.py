"""What can be chosen about a KTB Chat server."""

from dataclasses import dataclass

DOCUMENTED, DEPLOYED = "documented", "deployed"
DIALECTS = (DOCUMENTED, DEPLOYED)
AI_WORKS, AI_BROKEN = "works", "broken"


@dataclass(frozen=True)
class Settings:
    """Everything but the ports."""

    dialect: str = DEPLOYED
    database: str = ":memory:"
    seed: str = ""
    ai: str = AI_WORKS
    takeover_s: float = 10.0
    """From ``duplicate_login`` to ``session_ended``."""
    list_limit: int = 10_000
    message_limit: int = 10_000
    lossy_joins: bool = False
    """Concurrent REST joins overwrite each other's members."""
    hash_s: float = 0.0
    """What one password costs, in seconds of one core."""
