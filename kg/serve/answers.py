"""What is answered when all is not well: a status and one sentence, as text or as a page."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """A request that is not done: its status, the sentence that says why, and further headers."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, dict(headers or {})
