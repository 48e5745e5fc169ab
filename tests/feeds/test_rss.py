"""RSS, Atom, RDF, JSON Feed: the same mentions from the fast and the tolerant reader; conditional, honest, whole."""

import random
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.base import Batch, FeedError
from feeds.http import open_http
from feeds.items import fast, read_document, tolerant
from feeds.rss import Options, RssFeed, mentions_of
from tests.feeds.site import Site, running_site
from warroom.domain.mention import Mention
from warroom.domain.watch import Watch

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
DATA = Path(__file__).parent / "data"
URL = "https://news.example/feeds/all.xml"
DOCUMENTS = sorted(path.name for path in DATA.glob("*.xml"))


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_readers_give_the_same_mentions(name: str) -> None:
    body = (DATA / name).read_bytes()
    one = mentions_of(fast(body, URL), "f", "rss", NOW)
    two = mentions_of(tolerant(body, "application/xml", URL), "f", "rss", NOW)
    assert one
    assert one == two


def by_title(name: str) -> dict[str, Mention]:
    found = mentions_of(read_document((DATA / name).read_bytes(), "", URL), "f", "rss", NOW)
    return {mention.title or mention.text: mention for mention in found}


def test_an_atom_entry_has_link_author_times_and_what_it_answers() -> None:
    found = by_title("atom.xml")
    mention = found["A rash after oat drink"]
    assert mention.native_id == "tag:news.example,2026:1"
    assert mention.url == "https://news.example/feeds/posts/1"
    assert mention.author_name == "Ana"
    assert mention.created_at == datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    assert mention.edited_at == datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    assert mention.text == "Two glasses.\nLot 4471."
    assert found["Re: A rash"].in_reply_to == "tag:news.example,2026:1"
    assert found["Re: A rash"].kind == "comment"


def test_an_aggregator_names_the_publisher_and_its_title_loses_the_suffix() -> None:
    mention = by_title("aggregator.xml")["Nordavena silent as parents report reactions"]
    assert mention.author_name == "Diario Ejemplo"


def test_a_date_in_the_future_is_now_and_nonsense_is_unknown() -> None:
    found = by_title("dates.xml")
    assert found["From the future"].created_at == NOW
    assert found["Nonsense"].created_at is None
    assert found["Offset"].created_at == datetime(2026, 3, 10, 10, 30, tzinfo=UTC)


def test_json_feed_is_read_and_a_bad_item_costs_nobody_else() -> None:
    body = b"""{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[
      {"id":"1","url":"https://a.example/1","content_html":"<p>Hello &amp; bye</p>","date_published":
       "2026-03-10T10:00:00Z"},
      7, {"id":"2"}, {"id":"3","content_text":"three","authors":[{"name":"Bo"}]}]}"""
    document = read_document(body, "application/feed+json", URL)
    assert [item.id for item in document.items] == ["1", "3"]
    assert len(document.bad) == 2
    assert mentions_of(document, "f", "rss", NOW)[1].text == "Hello & bye"


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body>Moved</body></html>",
        b"",
        b"nothing at all",
        b'{"items": 3}',
        b'{"items": [',
        b'{"items": ' + b"[" * 100_000,
        b"\x89PNG\r\n",
    ],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(FeedError) as error:
        read_document(body, "text/html", URL)
    assert "news.example" in str(error.value.sentence.params.values())


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><rss><channel>'
        b"<item><guid>1</guid><title>&c;</title></item></channel></rss>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        b"<item><guid>1</guid><title>T&x;</title></item></channel></rss>",
    ],
)
def test_entities_bring_nothing_in(body: bytes) -> None:
    for item in read_document(body, "", URL).items:
        assert "root:" not in item.title
        assert len(item.title) < 100


BOMB = (
    '<!DOCTYPE a [<!ENTITY b "' + "b" * 100 + '">]><rss version="2.0"><channel><item><guid>1</guid><title>T</title>'
    "<description>" + "&b;" * 5000 + "</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        b"<?xml version='1.0'?><!-- <rss >" + b"x" * 17_000 + b"-->" + BOMB.encode(),
        f"<?xml version='1.0' encoding='utf-16'?>{BOMB}".encode("utf-16"),
    ],
)
def test_entities_do_not_grow_wherever_they_are_declared(body: bytes) -> None:
    try:
        items = read_document(body, "", URL).items
    except FeedError:
        return
    assert all(len(item.content) <= 15_000 for item in items)


def test_markup_inside_an_element_loses_no_word_and_no_line() -> None:
    rss = (
        b"<rss version='2.0'><channel><item><guid>1</guid>"
        b"<description>Hello <b>big</b> world, 1 &lt; 2</description></item></channel></rss>"
    )
    (mention,) = mentions_of(fast(rss, URL), "f", "rss", NOW)
    assert mention.text == "Hello big world, 1 < 2"
    atom = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title><content type='xhtml'>"
        b"<div xmlns='http://www.w3.org/1999/xhtml'><p>one</p><p>two</p></div></content></entry></feed>"
    )
    (mention,) = mentions_of(fast(atom, URL), "f", "rss", NOW)
    assert mention.text == "one\ntwo"


def test_an_entry_that_is_nested_without_end_costs_nobody_else() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title><content type='xhtml'>"
        + b"<div>" * 5_000
        + b"deep"
        + b"</div>" * 5_000
        + b"</content></entry><entry><id>2</id><title>U</title></entry></feed>"
    )
    assert [m.title for m in mentions_of(read_document(body, "", URL), "f", "rss", NOW)] == ["U", "T"]


def test_an_older_dialect_is_read_too() -> None:
    body = (
        b"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><id>1</id><title>T</title>"
        b"<issued>2026-03-10T10:00:00Z</issued></entry></feed>"
    )
    assert [item.id for item in read_document(body, "", URL).items] == ["1"]


@pytest.mark.parametrize("ttl", ["²", "9" * 5_000, "-1", "soon"])
def test_a_nonsensical_wish_is_none(ttl: str) -> None:
    body = f"<rss version='2.0'><channel><ttl>{ttl}</ttl><item><guid>1</guid><title>T</title></item></channel></rss>"
    assert read_document(body.encode(), "", URL).ttl == 0
    assert tolerant(body.encode(), "", URL).ttl == 0


def test_a_huge_broken_document_is_read_as_far_as_time_allows() -> None:
    item = b"<item><guid>%d</guid><title>A & B</title></item>"
    body = b"<rss version='2.0'><channel>" + b"".join(item % n for n in range(10)) + b" " * 3_000_000
    document = read_document(body, "", URL)
    assert len(document.items) == 10
    assert document.bad


def test_half_a_document_still_gives_its_whole_items() -> None:
    body = (DATA / "rss2.xml").read_bytes()
    half = body[: body.rindex(b"<item>") + 30]
    assert len(read_document(half, "", URL).items) >= 1


def test_a_wrong_charset_loses_no_item() -> None:
    item = "<item><guid>1</guid><title>Qué pasó</title></item>"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{item}</channel></rss>'
    document = read_document(body.encode("latin-1"), "application/rss+xml", URL)
    assert [item.id for item in document.items] == ["1"]


async def ask(
    site: Site, path: str, cursor: bytes | None = None, *, times: int = 1, match: bool = False
) -> list[Batch]:
    async with open_http(user_agent="test", clock=lambda: NOW, internal=True) as http:
        feed = RssFeed(
            "news",
            Options(url=site.url + path, every=0.01, match=match, internal=True),
            http=http,
            clock=lambda: NOW,
            watch=Watch(["4471"]),
            rng=random.Random(1),
        )
        batches = []
        async with aclosing(feed.batches(cursor)) as told:
            async for batch in told:
                batches.append(batch)
                if len(batches) == times:
                    break
        return batches


async def test_nothing_new_is_asked_for_and_answered_in_one_line(site: Site) -> None:
    site.page("/feed", (DATA / "rss2.xml").read_bytes().replace(b"<ttl>5</ttl>", b""))
    first, second = await ask(site, "/feed", times=2)
    assert first.mentions
    assert not second.mentions
    assert "if-none-match" in site.asked[1][1]
    (third,) = await ask(site, "/feed", first.cursor)
    assert not third.mentions


async def test_the_wish_to_be_left_alone_holds_while_nothing_is_new(site: Site) -> None:
    site.page(
        "/feed", b"<rss version='2.0'><channel><ttl>5</ttl><item><guid>1</guid><title>T</title></item></channel></rss>"
    )
    async with open_http(user_agent="test", clock=lambda: NOW, internal=True) as http:

        def feed() -> RssFeed:
            options = Options(url=site.url + "/feed", every=10, internal=True)
            return RssFeed("news", options, http=http, clock=lambda: NOW, watch=Watch([]), rng=random.Random(1))

        first, second = feed(), feed()
        async with aclosing(first.batches(None)) as batches:
            batch = await anext(batches)
        assert first.interval == 300
        async with aclosing(second.batches(batch.cursor)) as batches:
            assert not (await anext(batches)).mentions
        assert second.interval == 300


async def test_a_feed_that_is_empty_for_once_forgets_nothing(site: Site) -> None:
    item = "<item><guid>{0}</guid><title>t{0}</title></item>"
    page = "<rss version='2.0'><channel>{}</channel></rss>"
    cursor = None
    for items, is_gap in ((range(3), False), ((), False), (range(2, 5), False), ((), False), (range(50, 53), True)):
        site.page("/feed", page.format("".join(item.format(n) for n in items)))
        (batch,) = await ask(site, "/feed", cursor)
        assert (batch.gap is not None) == is_gap
        cursor = batch.cursor


async def test_items_that_went_by_unseen_are_a_gap(site: Site) -> None:
    item = "<item><guid>{0}</guid><title>t{0}</title></item>"
    page = "<rss version='2.0'><channel>{}</channel></rss>"
    site.page("/feed", page.format("".join(item.format(n) for n in range(3))))
    (first,) = await ask(site, "/feed")
    assert first.gap is None
    site.page("/feed", page.format("".join(item.format(n) for n in range(2, 5))))
    (second,) = await ask(site, "/feed", first.cursor)
    assert second.gap is None
    site.page("/feed", page.format("".join(item.format(n) for n in range(50, 53))))
    (third,) = await ask(site, "/feed", second.cursor)
    assert third.gap is not None


async def test_matching_keeps_only_what_names_us(site: Site) -> None:
    site.page("/feed", (DATA / "atom.xml").read_bytes())
    (batch,) = await ask(site, "/feed", match=True)
    assert [mention.title for mention in batch.mentions] == ["A rash after oat drink"]
