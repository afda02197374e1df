"""The half nobody looks at while tuning: it is the check."""
