"""What one core of load generator does, against peers: ``make bench``. See docs/benchmarks.md."""
