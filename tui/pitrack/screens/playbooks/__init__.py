"""Playbooks: the gallery, the page of one, and what choosing it begins."""
