"""The values that all packages share: pages, verdicts, evidence, records.

No I/O and no decisions.
"""
