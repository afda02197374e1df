"""The memory of the program: every page, link, target, observation and note, in one database.

Functions here take a connection and run inside the caller's transaction; none decides anything.
"""
