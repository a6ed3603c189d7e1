"""The REST half of KTB Chat: one module for each group of calls."""
