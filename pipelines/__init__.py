"""From a resource page to settled links: intake, liveness, archive, journal. One concern a file."""
