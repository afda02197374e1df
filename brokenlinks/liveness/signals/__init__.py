"""Signals on a served page: error wording, parking, placeholders, spam, bot protection."""
