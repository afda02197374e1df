"""Looks up what others know about dead targets and linking sites.

Archives, registries, Wikipedia, contact pages, the user's own site.
"""
