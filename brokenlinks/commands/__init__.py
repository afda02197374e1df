"""The commands of the project: what a person or cron types."""
