"""The program's memory, called the journal: pages, links, targets, observations, in one database.

Functions here take a connection and run inside the caller's transaction. They read and write;
they make no decisions.
"""
