"""HTTP: what an answer may cost, what a status means, and that nothing secret is ever said."""

import asyncio
import contextlib
import gzip
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from feeds.answers import Caps
from feeds.base import FeedError, FeedLimited, FeedRejected
from feeds.http import Http, open_http
from tests.feeds.site import Site, running_site
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
SMALL = Caps(wire=200_000, body=300_000, seconds=1.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(user_agent="test", clock=lambda: NOW, internal=True, caps=SMALL) as http:
        yield http


async def test_an_answer_comes_back_whole_and_unpacked(site: Site, http: Http) -> None:
    response = await http.get(site.page("/a", "hola", manner="gzip"))
    assert (response.status, response.body) == (200, b"hola")
    assert response.headers["etag"].startswith('"')
    agents = {headers["user-agent"] for _, headers in site.asked}
    assert agents == {"test"}


@pytest.mark.parametrize(
    ("manner", "body"),
    [("endless", b""), ("double", b"x" * 1000), ("drip", b""), ("half", b"x" * 1000), ("gzip", b"\0" * 5_000_000)],
    ids=["endless", "double", "drip", "half", "gzip"],
)
async def test_an_answer_that_means_harm_is_given_up(site: Site, http: Http, manner: str, body: bytes) -> None:
    url = site.page("/bad", body, manner=manner)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(FeedError) as error:
            await http.get(url)
    assert not isinstance(error.value, FeedRejected)


async def test_a_read_is_tried_once_more_after_a_reset(site: Site, http: Http) -> None:
    url = site.page("/r", b"", manner="reset")
    with pytest.raises(FeedError):
        await http.get(url)
    assert [path for path, _ in site.asked] == ["/r", "/r"]


@pytest.mark.parametrize(("status", "kind"), [(401, FeedRejected), (403, FeedRejected), (410, FeedRejected)])
async def test_what_only_a_person_can_mend_is_rejected(
    site: Site, http: Http, status: int, kind: type[FeedError]
) -> None:
    with pytest.raises(kind):
        await http.get(site.page("/s", b"", status=status))


@pytest.mark.parametrize("status", [408, 500, 502, 503])
async def test_what_passes_is_tried_again(site: Site, http: Http, status: int) -> None:
    with pytest.raises(FeedError) as error:
        await http.get(site.page("/s", b"", status=status))
    assert not isinstance(error.value, FeedRejected)


async def test_a_missing_page_is_rejected_only_the_third_time(site: Site, http: Http) -> None:
    for _ in range(2):
        with pytest.raises(FeedError) as error:
            await http.get(site.url + "/none")
        assert not isinstance(error.value, FeedRejected)
    with pytest.raises(FeedRejected):
        await http.get(site.url + "/none")


async def test_what_is_missing_is_counted_by_address_not_by_host(site: Site, http: Http) -> None:
    site.page("/good", "x")
    for path in ("/one", "/two", "/three"):
        with pytest.raises(FeedError) as error:
            await http.get(site.url + path)
        assert not isinstance(error.value, FeedRejected)
    for path in ("/one", "/good"):
        with contextlib.suppress(FeedError):
            await http.get(site.url + path)
    with pytest.raises(FeedRejected):
        await http.get(site.url + "/one")


async def test_two_servers_on_one_machine_do_not_wait_for_each_other(site: Site, http: Http) -> None:
    with running_site() as other:
        with pytest.raises(FeedLimited):
            await http.get(site.page("/l", b"", status=429, headers={"Retry-After": "600"}))
        assert (await http.get(other.page("/a", "x"))).status == 200
        with pytest.raises(FeedLimited):
            await http.get(site.page("/b", "x"))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "999999999"}, 3600.0),
        ({"Retry-After": "-5"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": (NOW + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")}, 90.0),
        ({"X-RateLimit-Reset": (NOW + timedelta(seconds=40)).isoformat()}, 40.0),
        ({"RateLimit-Reset": str(int(NOW.timestamp()) + 50)}, 50.0),
        ({"X-RateLimit-Reset": "12"}, 12.0),
        ({}, None),
    ],
)
async def test_asked_to_slow_down_we_know_for_how_long(
    site: Site, http: Http, headers: dict[str, str], expected: float | None
) -> None:
    with pytest.raises(FeedLimited) as limited:
        await http.get(site.page("/l", b"", status=429, headers=headers))
    assert limited.value.retry_after == expected


async def test_redirects_are_followed_and_circles_are_not(site: Site, http: Http) -> None:
    site.page("/end", "here")
    start = site.page("/start", b"", status=302, headers={"Location": "/end"})
    response = await http.get(start)
    assert response.body == b"here"
    assert response.url.endswith("/end")
    circle = site.page("/circle", b"", status=302, headers={"Location": "/circle"})
    with pytest.raises(FeedError):
        await http.get(circle)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]/x", "http://10.0.0.1/"]
)
async def test_private_addresses_are_refused_unless_meant(address: str) -> None:
    async with open_http(user_agent="test", clock=lambda: NOW) as http:
        with pytest.raises(FeedRejected):
            await http.get(address)


async def test_a_public_page_may_not_redirect_to_a_private_address(site: Site) -> None:
    """The check is made again on every hop; here the first hop itself is private, and that is enough to refuse."""
    url = site.page("/a", b"", status=302, headers={"Location": "http://169.254.169.254/"})
    async with open_http(user_agent="test", clock=lambda: NOW) as http:
        with pytest.raises(FeedRejected):
            await http.get(url)
    assert site.asked == []


async def test_no_message_holds_a_secret(site: Site, http: Http) -> None:
    for status in (401, 429, 500):
        url = site.page("/private", b"", status=status) + "?token=s3cret"
        with pytest.raises(FeedError) as error:
            await http.get(url, headers={"Authorization": "Bearer s3cret"})
        assert "s3cret" not in str(error.value)
        assert "s3cret" not in str(error.value.sentence.params)


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/", "nonsense", "http://", "https://exa mple/", "http://a.example:99999/", "http://[::1"],
)
async def test_what_is_no_address_is_rejected(site: Site, http: Http, address: str) -> None:
    async with open_http(user_agent="test", clock=lambda: NOW) as checking:
        for asking in (http, checking):
            with pytest.raises(FeedError):
                await asking.get(address)
            with pytest.raises(FeedError):
                await asking.get(address, params={"a": "b"})
    with pytest.raises(FeedError):
        await http.get(site.page("/away", b"", status=302, headers={"Location": address}))


async def test_hosts_behind_one_address_never_share_a_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def addresses(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr("feeds.http._public_addresses", addresses)
    site.page("/a", "x")
    port = site.url.rpartition(":")[2]
    async with open_http(user_agent="test", clock=lambda: NOW) as http:
        for name in ("one.example", "two.example", "one.example"):
            await http.get(f"http://{name}:{port}/a")
    assert [headers["host"] for _, headers in site.asked] == [f"{n}.example:{port}" for n in ("one", "two", "one")]
    assert len(set(site.callers)) == 3


async def test_where_one_address_of_a_host_is_out_of_reach_the_other_is_taken(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def addresses(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    monkeypatch.setattr("feeds.http._public_addresses", addresses)
    site.page("/a", "x")
    async with open_http(user_agent="test", clock=lambda: NOW) as http:
        assert (await http.get(f"http://one.example:{site.url.rpartition(':')[2]}/a")).status == 200


async def test_half_a_packed_answer_is_no_answer(site: Site, http: Http) -> None:
    half = gzip.compress(random.Random(1).randbytes(2_000))[:1_000]
    with pytest.raises(FeedError):
        await http.get(site.page("/half", half, headers={"Content-Encoding": "gzip"}))


async def test_a_packed_stream_is_refused(site: Site, http: Http) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    url = site.page("/stream", bomb, headers={"Content-Encoding": "gzip, gzip"})

    async def lines() -> list[str]:
        async with http.stream(url) as stream:
            return [line async for line in stream.lines()]

    with pytest.raises(FeedError):
        await lines()
    assert site.asked[-1][1]["accept-encoding"] == "identity"
