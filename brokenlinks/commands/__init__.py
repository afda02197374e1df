"""The commands of the project: what users or cron jobs run."""
