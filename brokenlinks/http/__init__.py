"""The one place the program touches the network: names, addresses, turns, robots.txt, transport.

Only `network.py`, `politeness.py`, `resolver.py`, `streaming.py` and `tolerant.py` know Scrapy and
Twisted.
What an answer means is not decided in this room.
"""
