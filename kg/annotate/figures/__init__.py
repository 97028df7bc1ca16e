"""Figures: quantities with all that the text tells of them."""
