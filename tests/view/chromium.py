"""The page in the installed Chromium, by Playwright: opened, clicked and asked; what it complains of and asks for."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZE = (1440, 900)


def executable() -> str | None:
    """The installed Chromium, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Browser:
    """One page at a time. ``complaints`` gathers console errors and warnings, exceptions and breaches of the security
    policy, ``requests`` every address that the page asked for."""

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright  # most tests beside this file need no browser, nor its driver

        self._playwright = sync_playwright().start()
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        self._browser = self._playwright.chromium.launch(executable_path=executable(), args=flags)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page: Page = self._browser.new_page()
        self._wanted: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def open(self, path: Path, *, size: tuple[int, int] = SIZE, fragment: str = "", **context: Any) -> None:
        """Opens a page of ours and waits until it says that it is ready; in a fresh context where the last was another."""
        wanted = {"viewport": {"width": size[0], "height": size[1]}, **context}
        if wanted != self._wanted or self.page.is_closed() or self.page.viewport_size != wanted["viewport"]:
            self.page.context.close()
            self.page = self._browser.new_context(**wanted).new_page()
            self.page.on("console", lambda message: self._said(message.type, message.text))
            self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self.page.on("request", lambda request: self.requests.append(request.url))
            self._wanted = wanted
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")
        self.complaints, self.requests = [], []
        self.page.goto(path.as_uri() + fragment)
        self.wait("document.documentElement.dataset.ready === 'true'")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning", "assert"):
            self.complaints.append(text)

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self.page.evaluate(expression)

    def do(self, statements: str) -> None:
        """Runs JavaScript statements in the page."""
        self.page.evaluate(f"() => {{ {statements} }}")

    def wait(self, expression: str, *, seconds: float = 20.0) -> None:
        """Waits until the expression is true. Asked from here: Playwright's own waiting evaluates strings inside the
        page, which the page's security policy rightly refuses."""
        until = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            if time.monotonic() > until:
                raise AssertionError(f"not within {seconds} s: {expression}; the page said: {self.complaints}")
            time.sleep(0.03)

    def click(self, x: float, y: float) -> None:
        """A click of the mouse at a point of the window."""
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)

    def press(self, selector: str) -> None:
        """A click of the mouse on the first element that ``selector`` finds, as a user would: it must be in reach."""
        self.page.locator(selector).first.click(timeout=5000)

    def key(self, key: str) -> None:
        """A key, by its name or its character."""
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def picture(self, path: Path) -> None:
        """A PNG of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)

    def saved(self, selector: str) -> tuple[str, bytes]:
        """Name and content of the file that a click on ``selector`` saves."""
        with self.page.expect_download() as told:
            self.press(selector)
        return told.value.suggested_filename, Path(told.value.path()).read_bytes()
