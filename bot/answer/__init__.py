"""Ranked paragraphs to what can honestly be said."""
