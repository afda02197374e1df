"""Search services for the loopback web, as faithful as their documentation, traps included."""
