"""HTTP for every feed: one client with caps, its own redirects, budgets by host, and foreign errors translated.

The only module that knows httpx. What comes from outside is assumed to be written against us (hostile-input rules,
section 2): bodies are read raw and unpacked with a bound, addresses are checked before they are connected to, and
the whole answer has one deadline, because a time-out per read never trips on a slow drip.
"""

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx

from feeds.answers import Caps, Response, host_of
from feeds.base import Clock, FeedError, FeedLimited, FeedRejected
from warroom.domain.sentence import say

LONGEST_WAIT = 3600.0
"""Seconds: however long a server asks us to wait, no longer than this."""
GONE_AFTER = 3
"""A 404 means the address is wrong only when it was answered so often in a row."""


class Stream:
    """An answer that goes on: its lines, as they come. `quiet` seconds without a byte end it with a `FeedError`."""

    def __init__(self, response: httpx.Response, quiet: float) -> None:
        self.status = response.status_code
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self._response = response
        self._quiet = quiet

    async def lines(self, longest: int = 4 * 1024 * 1024) -> AsyncIterator[str]:
        """Lines without their ends. A line longer than `longest` bytes is a `FeedError`."""
        rest = b""
        chunks = self._response.aiter_raw()
        while True:
            try:
                async with asyncio.timeout(self._quiet):
                    chunk = await anext(chunks, None)
            except TimeoutError as error:
                raise FeedError(say("The stream has gone silent.")) from error
            except httpx.HTTPError as error:
                raise FeedError(say("The connection was lost.")) from error
            if chunk is None:
                return
            rest += chunk
            if len(rest) > longest:
                raise FeedError(say("The stream sent a line without an end."))
            *whole, rest = rest.split(b"\n")
            for line in whole:
                yield line.rstrip(b"\r").decode("utf-8", "replace")


class Budget:
    """What a server lets us ask, learnt from its headers. One per server and credential, shared by all who ask it."""

    def __init__(self) -> None:
        self._free_at = 0.0

    async def turn(self, now: float) -> None:
        """Wait for our turn; refuses at once where the wait would be long, so that the feed says so."""
        wait = self._free_at - now
        if wait > 5.0:
            raise FeedLimited(say("Asked to wait {n} s.", n=round(wait)), wait)
        if wait > 0:
            await asyncio.sleep(wait)

    def learn(self, status: int, headers: Mapping[str, str], now: float, clock: Clock) -> float | None:
        """Read the headers; returns the seconds to wait after a 429 or 503, None where nobody said."""
        asked = _retry_after(headers, clock)
        left = _number(headers.get("x-ratelimit-remaining") or headers.get("ratelimit-remaining"))
        limit = _number(headers.get("x-ratelimit-limit") or headers.get("ratelimit-limit"))
        reset = _reset(headers, clock)
        if status in (429, 503):
            wait = asked if asked is not None else reset
            if wait is not None:
                self._free_at = now + wait
            return wait
        if left is not None and reset is not None:
            if left <= 0:
                self._free_at = now + reset
            elif limit and left < limit * 0.1:
                self._free_at = now + min(reset / max(left, 1.0), 5.0)
        return None


class Http:
    """Asks questions. Everything that is no answer is a `FeedError`, `FeedLimited` or `FeedRejected`."""

    def __init__(self, client: httpx.AsyncClient, *, internal: bool, caps: Caps, clock: Clock) -> None:
        self._client = client
        self._internal = internal
        self._caps = caps
        self._clock = clock
        self._budgets: dict[tuple[str, str], Budget] = {}
        self._misses: dict[str, int] = {}

    def _budget(self, url: str, headers: Mapping[str, str] | None) -> Budget:
        credential = (headers or {}).get("Authorization", "")
        return self._budgets.setdefault((_server_of(url), credential), Budget())

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | int] | list[tuple[str, str]] | None = None,
        cap: int | None = None,
        ok: Collection[int] = (),
    ) -> Response:
        """Ask by GET. Answers 2xx, 304 and those in `ok` come back; a read is tried once more after a reset."""
        if params:
            try:
                url = str(httpx.URL(url).copy_merge_params(params))  # type: ignore[arg-type]
            except httpx.InvalidURL as error:
                raise FeedRejected(say("This is no address: {url}", url=host_of(url))) from error
        try:
            return await self._asked(url, headers, cap, ok)
        except _Reset:
            try:
                return await self._asked(url, headers, cap, ok)
            except _Reset as error:
                raise FeedError(say("{host} ends the connection.", host=host_of(url))) from error

    async def _asked(
        self, url: str, headers: Mapping[str, str] | None, cap: int | None, ok: Collection[int]
    ) -> Response:
        loop = asyncio.get_running_loop()
        budget = self._budget(url, headers)
        await budget.turn(loop.time())
        try:
            async with asyncio.timeout(self._caps.seconds):
                response = await self._followed(url, dict(headers or {}), cap)
        except TimeoutError as error:
            raise FeedError(say("{host} took too long to answer.", host=host_of(url))) from error
        wait = budget.learn(response.status, response.headers, loop.time(), self._clock)
        if response.status == 404 and 404 not in ok:
            self._misses[url] = self._misses.get(url, 0) + 1
            if self._misses[url] >= GONE_AFTER:
                raise FeedRejected(say("{host} has nothing at this address.", host=host_of(url)))
        else:
            self._misses.pop(url, None)
        if response.status in (200, 201, 202, 203, 206, 304) or response.status in ok:
            return response
        raise refusal(response.status, host_of(url), wait)

    async def _followed(self, url: str, headers: dict[str, str], cap: int | None) -> Response:
        """One request and the redirects it leads to, each address checked again."""
        for _ in range(self._caps.redirects + 1):
            try:
                response = await self._sent(url, headers)
            except httpx.HTTPError as error:
                raise _network_error(error, host_of(url)) from error
            try:
                location = response.headers.get("location")
                if response.status_code not in (301, 302, 303, 307, 308) or location is None:
                    return await self._whole(response, url, cap)
            finally:
                await response.aclose()
            try:
                following = urljoin(url, location)
            except ValueError as error:
                raise FeedError(say("{host} redirects to what is no address.", host=host_of(url))) from error
            if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
                raise FeedError(say("{host} redirects to an address that is not secure.", host=host_of(url)))
            if host_of(following) != host_of(url):
                headers.pop("Authorization", None)
            url = following
        raise FeedError(say("{host} redirects in circles.", host=host_of(url)))

    async def _sent(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        """The answer, unread, of the first address of the host that can be reached."""
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise FeedRejected(say("An address of a feed starts with https:// or http://."))
            request = self._client.build_request("GET", url, headers=dict(headers))
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FeedRejected(say("This is no address: {url}", url=host_of(url))) from error
        if self._internal:
            return await self._client.send(request, stream=True)
        # Connect to an address that was checked; the name still goes into Host and into TLS.
        request.headers["Host"] = request.url.netloc.decode("ascii")
        request.extensions["sni_hostname"] = parts.hostname
        *others, last = await _public_addresses(parts.hostname, port)
        for address in others:
            request.url = request.url.copy_with(host=address)
            try:
                return await self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        request.url = request.url.copy_with(host=last)
        return await self._client.send(request, stream=True)

    async def _whole(self, response: httpx.Response, url: str, cap: int | None) -> Response:
        head = sum(len(name) + len(value) for name, value in response.headers.raw)
        if head > self._caps.head:
            raise FeedError(say("{host} sends too large a header.", host=host_of(url)))
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in ("", "identity", "gzip"):
            raise FeedError(say("{host} packs its answer in a way that is not accepted here.", host=host_of(url)))
        most = min(cap or self._caps.body, self._caps.body)
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS) if coding == "gzip" else None
        body, wire = bytearray(), 0
        try:
            async for chunk in response.aiter_raw():
                wire += len(chunk)
                if unpacker is not None:
                    body += unpacker.decompress(chunk, most + 1 - len(body))
                else:
                    body += chunk
                if wire > self._caps.wire or len(body) > most or (unpacker is not None and unpacker.unconsumed_tail):
                    raise FeedError(say("{host} sends too much at once.", host=host_of(url)))
        except httpx.HTTPError as error:
            raise _network_error(error, host_of(url)) from error
        except zlib.error as error:
            raise FeedError(say("{host} sends an answer that cannot be unpacked.", host=host_of(url))) from error
        if unpacker is not None and wire and not unpacker.eof:
            raise FeedError(say("{host} sends an answer that cannot be unpacked.", host=host_of(url)))
        return Response(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=bytes(body),
            url=url,
        )

    @asynccontextmanager
    async def stream(
        self, url: str, *, headers: Mapping[str, str] | None = None, quiet: float = 40.0, ok: Collection[int] = ()
    ) -> AsyncIterator[Stream]:
        """Open an answer that goes on. Statuses other than 200 and those in `ok` are errors."""
        loop = asyncio.get_running_loop()
        budget = self._budget(url, headers)
        await budget.turn(loop.time())
        try:
            async with asyncio.timeout(self._caps.seconds):
                # Packed lines would have to be unpacked without a bound.
                response = await self._sent(url, {**(headers or {}), "Accept-Encoding": "identity"})
        except TimeoutError as error:
            raise FeedError(say("{host} took too long to answer.", host=host_of(url))) from error
        except httpx.HTTPError as error:
            raise _network_error(error, host_of(url)) from error
        try:
            if response.status_code != 200 and response.status_code not in ok:
                wait = budget.learn(response.status_code, response.headers, loop.time(), self._clock)
                raise refusal(response.status_code, host_of(url), wait)
            if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
                raise FeedError(say("{host} packs its answer in a way that is not accepted here.", host=host_of(url)))
            yield Stream(response, quiet)
        finally:
            await asyncio.shield(response.aclose())


class _Reset(Exception):
    """The connection was reset before an answer: some servers do that to reused connections."""


@asynccontextmanager
async def open_http(
    *,
    user_agent: str,
    clock: Clock,
    internal: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
    caps: Caps | None = None,
) -> AsyncIterator[Http]:
    """A client for the length of the block. `internal` allows private addresses; `transport` is for tests.

    Where addresses are checked no connection is used twice: it is known by its address alone, and would be taken for
    another host behind the same address, with the other's certificate.
    """
    async with httpx.AsyncClient(
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
        follow_redirects=False,
        timeout=httpx.Timeout(30.0, connect=10.0),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20 if internal else 0),
        transport=transport,
        trust_env=False,
    ) as client:
        yield Http(client, internal=internal or transport is not None, caps=caps or Caps(), clock=clock)


def refusal(status: int, host: str, wait: float | None) -> FeedError:
    """What a status that is no answer means (feeds design, section 2)."""
    if status in (401, 403):
        return FeedRejected(say("{host} does not accept the credentials ({status}).", host=host, status=str(status)))
    if status == 410:
        return FeedRejected(say("{host} has closed this feed for good (410).", host=host))
    if status == 429:
        return FeedLimited(say("{host} asks us to slow down (429).", host=host), wait)
    return FeedError(say("{host} answers with an error ({status}).", host=host, status=str(status)))


async def _public_addresses(host: str, port: int) -> list[str]:
    """The host's first address of each kind (IPv6, IPv4), in the order to try: a machine may have no way to one of
    them. None of its addresses is private, loopback or link-local."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FeedError(say("{host} cannot be found.", host=host)) from error
    first: dict[int, str] = {}
    for entry in found:
        address = ipaddress.ip_address(str(entry[4][0]).split("%")[0])
        if not address.is_global:
            raise FeedRejected(
                say(
                    "{host} is an address of a private network. If that is meant, write “internal: true” to this "
                    "source in config.yaml.",
                    host=host,
                )
            )
        first.setdefault(address.version, str(address))
    return list(first.values())


def _server_of(url: str) -> str:
    """Host and port: two servers on one machine are asked each at its own pace."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return "?"


def _network_error(error: httpx.HTTPError, host: str) -> Exception:
    if isinstance(error, httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError):
        return _Reset()
    if isinstance(error, httpx.TimeoutException):
        return FeedError(say("{host} took too long to answer.", host=host))
    if isinstance(error, httpx.ConnectError):
        return FeedError(say("{host} cannot be reached.", host=host))
    return FeedError(say("The connection to {host} failed.", host=host))


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def _capped(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _retry_after(headers: Mapping[str, str], clock: Clock) -> float | None:
    """`Retry-After` in seconds: a number, or a date; nonsense is as if nobody had said."""
    text = headers.get("retry-after")
    if text is None:
        return None
    seconds = _number(text)
    if seconds is not None:
        return _capped(seconds) if seconds == seconds else None
    try:
        at = parsedate_to_datetime(text)
        return _capped((at - clock()).total_seconds())
    except (ValueError, TypeError):
        return None


def _reset(headers: Mapping[str, str], clock: Clock) -> float | None:
    """Seconds until the budget is full again: an ISO time (Mastodon), seconds since the epoch, or seconds to go."""
    text = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset")
    if text is None:
        return None
    number = _number(text)
    if number is not None:
        return _capped(number - clock().timestamp() if number > 1e9 else number)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _capped((at - clock()).total_seconds()) if at.tzinfo is not None else None
