"""Tokens to ranked paragraphs."""
