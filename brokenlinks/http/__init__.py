"""The one place where the program touches the network: DNS, address guard, throttle, robots.txt.

Only `handler.py`, `middleware.py` and `network.py` know Scrapy. What a response means is not
decided here.
"""
