"""Read a page of HTML into lines, with nothing but the standard library: no script runs, nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .model import Line

_SILENT = {"script", "style", "noscript", "template", "nav", "head", "svg", "iframe", "object"}
_BREAKS = {
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "table",
    "blockquote",
    "header",
    "footer",
    "main",
    "br",
    "hr",
    "dl",
}
_DEEPEST = 400


class _Lines(HTMLParser):
    """Gathers lines: a paragraph each, list items with a dash, table rows with tabs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._level = 0
        self._cells: list[str] | None = None
        self._silent: list[str] = []
        self._lists: list[list[int | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            if len(self._silent) < _DEEPEST:
                self._silent.append(tag)
        elif self._silent:
            return
        elif re.fullmatch(r"h[1-6]", tag):
            self._finish()
            self._level = int(tag[1])
        elif tag == "tr":
            self._finish()
            self._cells = []
        elif tag in ("td", "th"):
            self._words = []
        elif tag == "li":
            self._finish()
            self._words.append(self._marker())
        elif tag in _BREAKS and self._cells is None:
            self._finish()
            if tag in ("ul", "ol") and len(self._lists) < _DEEPEST:
                self._lists.append([1 if tag == "ol" else None])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
        elif self._silent:
            return
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(" ".join("".join(self._words).split()))
            self._words = []
        elif tag == "tr" and self._cells is not None:
            self.lines.append(Line("\t".join(self._cells)))
            self._cells = None
            self._words = []
        elif re.fullmatch(r"h[1-6]|li", tag) or (tag in _BREAKS and self._cells is None):
            self._finish()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _marker(self) -> str:
        """The mark of the next item: a dash, or its number in a numbered list."""
        indent = " " * (2 * max(0, len(self._lists) - 1))
        if not self._lists or self._lists[-1][0] is None:
            return f"{indent}- "
        number = self._lists[-1][0]
        self._lists[-1][0] = number + 1
        return f"{indent}{number}. "

    def _finish(self) -> None:
        text = "".join(self._words)
        lead = re.match(r" *(?=- |\d+\. )", text)
        words = " ".join(text.split())
        if words:
            self.lines += [Line((lead[0] if lead else "") + words, level=self._level), Line("")]
        self._words = []
        self._level = 0


def html_lines(data: bytes, name: str) -> list[Line]:
    """Read HTML; the encoding is the one that the page declares, else UTF-8."""
    declared = re.search(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,40})", data[:4096])
    try:
        text = data.decode(declared[1].decode("ascii") if declared else "utf-8", errors="replace")
    except LookupError:
        text = data.decode("utf-8", errors="replace")
    parser = _Lines()
    parser.feed(text)
    parser.close()
    return parser.lines
