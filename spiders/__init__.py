"""The spiders: thin; the decisions are made in `brokenlinks`."""
