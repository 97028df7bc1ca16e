"""The forms that an attribution can take, one a file."""
