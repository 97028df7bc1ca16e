"""The commands that change a store."""
