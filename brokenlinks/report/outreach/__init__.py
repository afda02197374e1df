"""Mails to editors, written and never sent: who, about which dead links, in which words."""
