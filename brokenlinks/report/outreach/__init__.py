"""Mails to editors, written but never sent: to whom, about which dead links, in which words."""
