"""Proves that a swap leaves the page as a reload would."""

from __future__ import annotations

from copy import deepcopy

from django.test import Client
from lxml import html

from tests.support.pages import parse


def normal(node: html.HtmlElement) -> str:
    """The markup without what differs from one answer to the next."""
    node = deepcopy(node)
    for field in node.cssselect("[name=csrfmiddlewaretoken]"):
        field.attrib.pop("value", None)
    for element in node.iter():
        if isinstance(element.tag, str):
            element.text = (element.text or "").strip()
            element.tail = (element.tail or "").strip()
    return html.tostring(node, encoding="unicode")


def swapped(page: str, fragment: str, target: str) -> str:
    """``page`` after htmx put ``fragment`` in the place of the element with id ``target``."""
    root, new = parse(page), html.fragments_fromstring(fragment)
    old = root.get_element_by_id(target)
    parent, place = old.getparent(), old.getparent().index(old)
    parent.remove(old)
    for offset, node in enumerate(node for node in new if not isinstance(node, str)):
        if not node.get("hx-swap-oob"):
            parent.insert(place + offset, node)
    return normal(root)


def assert_swap_equals_reload(client: Client, start: str, link: str, target: str) -> None:
    """Following ``link`` from ``start`` by htmx shows what opening ``link`` shows."""
    page = client.get(start).content.decode()
    headers = {
        "HX-Request": "true",
        "HX-Target": target,
        "HX-Current-URL": f"http://testserver{start}",
    }
    fragment = client.get(link, headers=headers).content.decode()
    assert "<html" not in fragment
    fresh = parse(client.get(link))
    old = html.fromstring(swapped(page, fragment, target)).get_element_by_id(target)
    assert normal(old) == normal(fresh.get_element_by_id(target))
