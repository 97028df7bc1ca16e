"""The commands that look at a store and leave it as it is."""
