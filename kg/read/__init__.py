"""Text, HTML, JSON Lines and folders → articles. What cannot be read is listed with its reason; the rest goes on."""

from kg.read.inputs import ENDINGS, read, samples
from kg.read.metadata import check_date

__all__ = ["ENDINGS", "check_date", "read", "samples"]
