"""The half the rules may be tuned on."""
