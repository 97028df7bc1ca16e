"""Names of persons, bodies and places: where they stand, what they name."""
