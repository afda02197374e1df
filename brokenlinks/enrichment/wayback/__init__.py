"""What a dead target was, as web archives remember it."""
