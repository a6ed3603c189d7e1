"""Load generators: one file each says how it is started and what it reports."""
