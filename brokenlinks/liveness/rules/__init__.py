"""The decision table: rules over evidence, first match wins."""
