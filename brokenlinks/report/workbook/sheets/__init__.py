"""One sheet per module."""
