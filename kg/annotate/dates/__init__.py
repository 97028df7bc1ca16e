"""Dates of the text."""
