"""Think time: pauses of a person, drawn from the VU's seeded generator."""

from ktb_load.vocabulary.context import current


def think(low_s: float, high_s: float | None = None) -> None:
    """Pause for ``low_s`` seconds, or for a random time between ``low_s`` and ``high_s``."""
    context = current()
    context.sleep(low_s if high_s is None else context.random.uniform(low_s, high_s))
