"""Numerals of a text and what they come to: counts, fractions, shares, orders of magnitude."""
