"""What all chat systems have in common: accounts, rooms, answered messages, deliveries."""
