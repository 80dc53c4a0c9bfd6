"""Offline cleaning of scraped pages: raw text to article, every change an edit."""
