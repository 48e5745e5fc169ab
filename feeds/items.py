"""A feed document as items: the fast reader for what is well formed, feedparser for the rest, JSON Feed by hand."""

import hashlib
import html
import io
import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.parsers import expat

import msgspec
from msgspec import Struct

from feeds.answers import host_of
from feeds.base import FeedError
from warroom.domain.sentence import say

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSS1 = "{http://purl.org/rss/1.0/}"
THREAD = "{http://purl.org/syndication/thread/1.0}in-reply-to"
XML = "{http://www.w3.org/XML/1998/namespace}"
_START = re.compile(rb"<(?:rss|feed|rdf:RDF|[\w-]+:RDF|[\w-]+:feed)[\s>]", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding=["']([\w.:-]+)["']""")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY[^>]*>")
TOLERATED = 2 * 1024 * 1024
"""Bytes that feedparser is given, which reads some 400 kB a second and cannot be stopped; what is new stands first."""


class Item(Struct, frozen=True, kw_only=True):
    """An item as the document has it; texts may be HTML. Times are aware UTC or None."""

    id: str
    link: str = ""
    title: str = ""
    content: str = ""
    author: str = ""
    publisher: str = ""
    lang: str = ""
    reply_to: str = ""
    published: datetime | None = None
    updated: datetime | None = None


class Document(Struct, frozen=True, kw_only=True):
    """A feed as fetched. `ttl` is the minutes it asks to be left alone; `bad` are items that could not be read."""

    items: list[Item]
    title: str = ""
    lang: str = ""
    ttl: int = 0
    bad: list[str] = []


def read_document(body: bytes, content_type: str, url: str) -> Document:
    """The items of a document of any dialect. What is no feed at all is a `FeedError`."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return json_feed(body, url)
    if not _START.search(body[:16_384]) and b"\x00" not in start:
        what = say("{host} answers with a web page where a feed was expected.", host=host_of(url))
        nothing = say("{host} answers with nothing that is a feed.", host=host_of(url))
        raise FeedError(what if b"<html" in start.lower() or b"<!doctype html" in start.lower() else nothing)
    if _has_entities(body):
        # They may grow a hundredfold, by feedparser too: they are taken out, and where they hide well nothing is read.
        body = _ENTITY.sub(b"", body)
        if _has_entities(body):
            raise FeedError(say("{host} answers with nothing that is a feed.", host=host_of(url)))
    else:
        try:
            return fast(_decoded(body, content_type), url)
        except (ElementTree.ParseError, ValueError, LookupError):
            pass
    return tolerant(body, content_type, url)


class _Known(Exception):
    """Enough of a document was seen."""


def _has_entities(body: bytes) -> bool:
    """Whether the document declares entities of its own, in whatever encoding and however late: a bomb does."""
    found: list[object] = []

    def declares(*what: object) -> None:
        found.append(what)
        raise _Known

    def begins(*_: object) -> None:
        raise _Known

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declares
    parser.StartElementHandler = begins
    with suppress(_Known, expat.ExpatError, ValueError, LookupError):
        parser.Parse(body, True)
    return bool(found)


def _decoded(body: bytes, content_type: str) -> bytes | str:
    """The document with the charset of the header, where the header and the document disagree."""
    told = _CHARSET.search(content_type)
    own = _ENCODING.match(body.lstrip(b"\xef\xbb\xbf"))
    if told is not None and own is None and told[1].lower() not in ("utf-8", "utf8"):
        return body.decode(told[1], "strict")
    return body


# --- well formed ---------------------------------------------------------------------------------------


def fast(body: bytes | str, url: str) -> Document:
    """RSS 0.9–2.0, RDF and Atom by ElementTree. Raises `ParseError` for what is not well formed, `ValueError` for
    what is of another dialect."""
    root = ElementTree.fromstring(body)
    if root.tag == f"{ATOM}feed":
        return _atom(root, url)
    if root.tag != "rss" and not root.tag.endswith("}RDF"):
        raise ValueError(root.tag)
    return _rss(root, url)


def _text(node: ElementTree.Element | None) -> str:
    if node is None:
        return ""
    if len(node):
        return _inner(node)
    return (node.text or "").strip()


def _inner(node: ElementTree.Element) -> str:
    """What is inside an element that holds others, as HTML; nested without end, its text alone."""
    for inner in node.iter():
        inner.tag = inner.tag.rpartition("}")[2]
    try:
        inside = [ElementTree.tostring(child, encoding="unicode", method="html") for child in node]
    except RecursionError:
        return "".join(node.itertext()).strip()
    return (html.escape(node.text or "", quote=False) + "".join(inside)).strip()


def _minutes(text: str) -> int:
    """A number of minutes as a feed says it; nonsense is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _rss(root: ElementTree.Element, url: str) -> Document:
    channel = root.find("channel")
    if channel is None:
        channel = root.find(f"{RSS1}channel")
    items: list[Item] = []
    bad: list[str] = []
    nodes = [*root.iter("item"), *root.iter(f"{RSS1}item")]
    for node in nodes:
        try:
            items.append(_rss_item(node, url))
        except ValueError as error:
            bad.append(str(error)[:200])
    ttl = _text(channel.find("ttl")) if channel is not None else ""
    title = _text(channel.find("title")) or _text(channel.find(f"{RSS1}title")) if channel is not None else ""
    lang = _text(channel.find("language")) if channel is not None else ""
    return Document(items=items, title=title, lang=lang, ttl=_minutes(ttl), bad=bad)


def _rss_item(node: ElementTree.Element, url: str) -> Item:
    found: dict[str, str] = {}
    publisher = ""
    for child in node:
        tag = child.tag.removeprefix(RSS1) if isinstance(child.tag, str) else ""
        if tag == "source":
            publisher = (child.text or "").strip()
        elif tag and tag not in found:
            found[tag] = _text(child)
    link = found.get("link", "") or (found.get("guid", "") if found.get("guid", "").startswith("http") else "")
    return _item(
        id=found.get("guid", ""),
        link=link,
        url=url,
        title=found.get("title", ""),
        content=found.get(CONTENT) or found.get("description", ""),
        author=found.get("author") or found.get(f"{DC}creator", ""),
        publisher=publisher,
        published=found.get("pubDate") or found.get(f"{DC}date", ""),
        updated=found.get(f"{ATOM}updated", ""),
    )


def _atom(root: ElementTree.Element, url: str) -> Document:
    base = root.get(f"{XML}base") or ""
    items: list[Item] = []
    bad: list[str] = []
    for node in root.iter(f"{ATOM}entry"):
        try:
            items.append(_atom_item(node, urljoin(url, base)))
        except ValueError as error:
            bad.append(str(error)[:200])
    return Document(items=items, title=_text(root.find(f"{ATOM}title")), lang=root.get(f"{XML}lang") or "", bad=bad)


def _atom_item(node: ElementTree.Element, base: str) -> Item:
    links = [child for child in node if child.tag == f"{ATOM}link"]
    chosen = next((link for link in links if link.get("rel", "alternate") == "alternate"), links[0] if links else None)
    base = urljoin(base, node.get(f"{XML}base") or "")
    reply = node.find(THREAD)
    content = node.find(f"{ATOM}content")
    group = node.find(f"{MEDIA}group")
    body = _text(content) if content is not None and not content.get("src") else _text(node.find(f"{ATOM}summary"))
    if not body and group is not None:
        body = _text(group.find(f"{MEDIA}description"))
    return _item(
        id=_text(node.find(f"{ATOM}id")),
        link=chosen.get("href", "") if chosen is not None else "",
        url=base,
        title=_text(node.find(f"{ATOM}title")),
        content=body,
        author=_text(node.find(f"{ATOM}author/{ATOM}name")),
        published=_text(node.find(f"{ATOM}published")) or _text(node.find(f"{ATOM}issued")),
        updated=_text(node.find(f"{ATOM}updated")),
        lang=node.get(f"{XML}lang") or "",
        reply_to=(reply.get("ref") or reply.get("href") or "") if reply is not None else "",
    )


def _item(
    *,
    id: str,
    link: str,
    url: str,
    title: str,
    content: str,
    author: str,
    published: str,
    updated: str,
    publisher: str = "",
    lang: str = "",
    reply_to: str = "",
) -> Item:
    """An item with a name: its own, else its link, else a hash over title and date."""
    # Most links are whole already, and joining one costs a sixth of the reading.
    whole = link.startswith(("https://", "http://")) and link.isprintable()
    absolute = link if whole or not link else urljoin(url, link)
    if not (title or content):
        raise ValueError(f"an item without title or text ({id or link or 'nameless'})")
    name = id or absolute or hashlib.sha256(f"{title}\0{published or updated}".encode()).hexdigest()[:32]
    return Item(
        id=name,
        link=absolute,
        title=title,
        content=content,
        author=author,
        publisher=publisher,
        lang=lang,
        reply_to=reply_to,
        published=moment(published),
        updated=moment(updated),
    )


@lru_cache(8_192)
def moment(text: str) -> datetime | None:
    """A date of any feed as UTC. Without a zone it is taken for UTC; nonsense is None, never a guess.

    To read one takes half of the time of its item, and a feed that is asked again mostly sends the same ones.
    """
    text = text.strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# --- not well formed -----------------------------------------------------------------------------------


def tolerant(body: bytes, content_type: str, url: str) -> Document:
    """By feedparser, which reads what nobody else reads."""
    import feedparser

    headers = {"content-type": content_type or "application/xml"}
    told = feedparser.parse(
        io.BytesIO(body[:TOLERATED]), sanitize_html=False, resolve_relative_uris=False, response_headers=headers
    )
    entries = told.get("entries", [])
    if not entries and not told.get("version"):
        raise FeedError(say("{host} answers with nothing that is a feed.", host=host_of(url)))
    items: list[Item] = []
    bad = [f"{len(body)} bytes that are not well formed"] if len(body) > TOLERATED else []
    for entry in entries:
        try:
            items.append(_tolerant_item(entry, url))
        except ValueError as error:
            bad.append(str(error)[:200])
    head = told.get("feed", {})
    return Document(
        items=items,
        title=str(head.get("title", "")),
        lang=str(head.get("language", "")),
        ttl=_minutes(str(head.get("ttl", ""))),
        bad=bad,
    )


def _tolerant_item(entry: Any, url: str) -> Item:
    contents = entry.get("content") or []
    reply = entry.get("thr_in-reply-to") or {}
    link = str(entry.get("link", ""))
    if link == entry.get("id") and not link.startswith("http"):
        link = ""  # a guid that calls itself a permalink and is none
    return _item(
        id=str(entry.get("id", "")),
        link=link,
        url=url,
        title=str(entry.get("title", "")),
        content=str(contents[0].get("value", "")) if contents else str(entry.get("summary", "")),
        author=str(entry.get("author", "")),
        publisher=str((entry.get("source") or {}).get("title", "")),
        published=str(entry.get("published", "")),
        updated=str(entry["updated"]) if "updated" in entry else "",
        reply_to=str(reply.get("ref", "")) if isinstance(reply, dict) else "",
    )


# --- JSON Feed -----------------------------------------------------------------------------------------


def json_feed(body: bytes, url: str) -> Document:
    """JSON Feed 1.0 and 1.1."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FeedError(say("{host} answers with half a document.", host=host_of(url))) from error
    entries = told.get("items") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise FeedError(say("{host} answers with nothing that is a feed.", host=host_of(url)))
    items: list[Item] = []
    bad: list[str] = []
    for entry in entries:
        if not isinstance(entry, dict):
            bad.append(str(entry)[:200])
            continue
        people = entry.get("authors") or [entry.get("author") or {}]
        first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
        try:
            items.append(
                _item(
                    id=str(entry.get("id") or ""),
                    link=str(entry.get("url") or entry.get("external_url") or ""),
                    url=url,
                    title=str(entry.get("title") or ""),
                    content=str(entry.get("content_html") or entry.get("content_text") or entry.get("summary") or ""),
                    author=str(first.get("name") or ""),
                    published=str(entry.get("date_published") or ""),
                    updated=str(entry.get("date_modified") or ""),
                    lang=str(entry.get("language") or ""),
                )
            )
        except ValueError as error:
            bad.append(str(error)[:200])
    return Document(items=items, title=str(told.get("title") or ""), lang=str(told.get("language") or ""), bad=bad)
