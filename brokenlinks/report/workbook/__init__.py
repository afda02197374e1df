"""The spreadsheet the user works in: a view of the journal, plus everything they wrote in it."""
