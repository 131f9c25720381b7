"""Reading a page as a person would: its words, its parts, its links."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from lxml import html


def parse(response: HttpResponse | str) -> html.HtmlElement:
    text = response if isinstance(response, str) else response.content.decode()
    return html.fromstring(text)


def words(node: html.HtmlElement) -> str:
    """The text of a part, with its white space folded."""
    return " ".join(node.text_content().split())


def all_words(root: html.HtmlElement, selector: str) -> list[str]:
    return [words(node) for node in root.cssselect(selector)]


def one(root: html.HtmlElement, selector: str) -> html.HtmlElement:
    found = root.cssselect(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def hrefs(root: html.HtmlElement) -> set[str]:
    return {node.get("href") for node in root.cssselect("a[href]")}


def ids(root: html.HtmlElement) -> Iterable[str]:
    return [node.get("id") for node in root.cssselect("[id]")]


def queries() -> AbstractContextManager[CaptureQueriesContext]:
    """Counts the queries of the requests inside."""
    return CaptureQueriesContext(connection)
