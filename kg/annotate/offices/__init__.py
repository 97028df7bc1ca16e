"""Offices of persons and the bodies that they are held in."""
