"""Is a target dead? `prober` gathers evidence, `rules` and `verdict` judge it: never both."""
