"""How much load and when: options in k6's own names, read, layered and checked."""
