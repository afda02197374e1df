"""Finds candidate resource pages and tells what they are: seeds, queries, providers, relevance."""
