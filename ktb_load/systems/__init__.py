"""The chat systems: one user class per file, its methods named after what a person does."""
