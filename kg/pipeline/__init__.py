"""The one place that composes the stages: articles in, a store out."""

from kg.pipeline.building import BATCH, Report, build
from kg.pipeline.changing import integrate, remove, repair
from kg.pipeline.reading import unread

__all__ = ["BATCH", "Report", "build", "integrate", "remove", "repair", "unread"]
