"""The person's own site: its pages, and which of them does the job of a dead one."""
