"""The spreadsheet a person lives in: a view of the journal, plus everything they wrote into it."""
