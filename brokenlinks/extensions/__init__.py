"""Scrapy extensions: the run's context, searches, progress, shutdown, the report at the end."""
