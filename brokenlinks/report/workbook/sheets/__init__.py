"""The sheets, one in each module: their columns, and what stands in a row."""
