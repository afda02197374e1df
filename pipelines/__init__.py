"""What happens to a page: store, liveness, archive, lookups, finish. One concern a file."""
