"""What a page is, in a few facts: a dead one as an archive kept it, or one of our own."""
