"""The sheets, one per module: their columns, and how their rows are filled."""
