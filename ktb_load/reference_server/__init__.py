"""Chat systems to test against: their contracts, served in one process.

Nothing here imports the load generator's clients, so that the two can disagree. A system is one
sub-package and one row of ``command.SYSTEMS``; faults, trace, listening and serving are shared.
"""
