"""The values that travel from room to room: pages, verdicts, evidence, records.

No I/O and no decisions.
"""
