"""Ranks what is dead (pandas): opportunities, replacements, dead domains, changes."""
