"""Bodies without a name of their own: described by their country, or by who speaks for them."""
