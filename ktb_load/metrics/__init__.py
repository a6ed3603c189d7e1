"""What came out: samples, their sinks, thresholds and checks. Imports errors, quantities, clock."""
