"""What people and programs see of a run: summaries, progress. Reads metrics, prints nothing."""
