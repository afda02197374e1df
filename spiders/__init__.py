"""The spiders: thin; what they decide stands in `brokenlinks`."""
