"""How much a registrable domain weighs: what each source says, read and never interpreted."""
