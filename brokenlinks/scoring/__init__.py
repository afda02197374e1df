"""Ranks dead links (pandas): opportunities, replacements, dead domains, changes."""
