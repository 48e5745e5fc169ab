"""A fake server of the Mastodon API with one hashtag, and the manners of real ones as switches.

In a test: `with serving() as server`. As a process of its own: `python -m tests.feeds.mastodon_server SEED POSTS RATE`
says its address on standard output; once a stream is open, people post, edit and delete by chance, RATE posts a second.
`GET /truth` then tells what is there, what is gone, and whether it is over.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

FIRST = 100_000
"""The id of status 0: the number of a status is never its id."""
LIMIT = {"X-RateLimit-Limit": "300"}
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def uri(n: int) -> str:
    return f"https://social.example/statuses/{n}"


UNHEARD = 30
"""Posts while nobody listens."""


class Server:
    """What the server holds is the truth; the attributes of the first paragraph are its manners."""

    def __init__(self) -> None:
        self.sse = True
        self.heartbeat = 0.05
        self.silent = False
        """Streams that are open and say nothing, not even that they live."""
        self.ends_after = 0
        """After so many events every stream ends, once."""
        self.many: Literal["answers", "is empty", "is unknown", "fails"] = "answers"
        """What becomes of the question for many statuses at once."""
        self.heeds_min_id = True
        self.token = ""
        """The only token that is accepted; without one, everybody is welcome."""
        self.busy_at: set[int] = set()
        """Which questions, counted from the first, are answered with 429 and the end of the wait as an ISO time."""
        self.busy_for = ""
        """The first question for an address with this in it is answered so too."""
        self.streams_at = ""
        """The address of the streams that the server tells; without one it does not say."""
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)

        self.url = ""
        self.statuses: dict[int, dict[str, Any]] = {}
        self.gone: list[str] = []
        self.edits = 0
        self.events: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.opened = 0
        """How many streams were opened so far."""
        self.listeners = 0
        """How many are open, as far as the server knows."""
        self.over = False
        """Nothing happens any more."""
        self.closed = False
        self.wake = threading.Condition()

    # --- what people do ---------------------------------------------------------------------------------

    def post(self, n: int, text: str = "", *, announce: bool = True, **more: Any) -> None:
        status = {
            "id": str(FIRST + n),
            "uri": uri(n),
            "url": f"https://social.example/@ana/{n}",
            "content": f"<p>{text or f'post {n}'}</p><p>#nordavena</p>",
            "visibility": "public",
            "language": "en",
            "created_at": "2026-03-10T12:00:00.000Z",
            "account": {"acct": "ana", "display_name": "Ana", "id": "1", "followers_count": 12},
            **more,
        }
        with self.wake:
            self.statuses[FIRST + n] = status
            if announce:
                self.tell("update", json.dumps(status))

    def edit(self, n: int, text: str, *, announce: bool = True) -> None:
        with self.wake:
            self.edits += 1
            at = (NOON + timedelta(seconds=self.edits)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            status = {**self.statuses[FIRST + n], "content": f"<p>{text}</p>", "edited_at": at}
            self.statuses[FIRST + n] = status
            if announce:
                self.tell("status.update", json.dumps(status))

    def delete(self, n: int, *, announce: bool = True) -> None:
        with self.wake:
            del self.statuses[FIRST + n]
            self.gone.append(uri(n))
            if announce:
                self.tell("delete", str(FIRST + n))

    def tell(self, event: str, data: str) -> None:
        with self.wake:
            self.events.append((event, data))
            self.wake.notify_all()

    def live(self, n: int, chance: random.Random) -> None:
        """One post; now and then somebody edits or deletes a recent one, and a deletion overtakes its post."""
        self.post(n)
        with self.wake:
            recent = [id - FIRST for id in list(self.statuses)[-200:]]
        dice = chance.random()
        if dice < 0.1:
            self.edit(chance.choice(recent), f"post {n} in other words")
        elif dice < 0.15 and len(recent) > 1:
            self.delete(chance.choice(recent))
        elif dice < 0.16:
            self.post(n, announce=False)
            status = json.dumps(self.statuses[FIRST + n])
            self.delete(n)
            self.tell("update", status)

    def is_listened_to(self) -> bool:
        """Whether a stream is open and a timeline was read."""
        return self.opened > 0 and any("/timelines" in path for path in self.asked)


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _json(self, value: object, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, text in headers.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = parse_qs(parts.query)
            if parts.path == "/truth":
                with server.wake:
                    held = {status["uri"]: status["content"] for status in server.statuses.values()}
                    self._json({"held": held, "gone": server.gone, "over": server.over, "edits": server.edits})
                return
            server.asked.append(self.path)
            match parts.path.strip("/").split("/"):
                case _ if server.token and self.headers.get("Authorization") != f"Bearer {server.token}":
                    self._json({"error": "The access token is invalid"}, 401)
                case _ if len(server.asked) in server.busy_at or (server.busy_for and server.busy_for in self.path):
                    server.busy_for = ""
                    reset = server.clock() + timedelta(seconds=0.3)
                    until = {"X-RateLimit-Reset": reset.isoformat().replace("+00:00", "Z")}
                    self._json({"error": "Too many requests"}, 429, {**LIMIT, "X-RateLimit-Remaining": "0", **until})
                case ["api", "v2", "instance"] if server.streams_at:
                    self._json({"configuration": {"urls": {"streaming": server.streams_at}}})
                case ["api", "v1", "accounts", "verify_credentials"]:
                    self._json({"acct": "monitor"})
                case ["api", "v1", "streaming", *_] if server.sse:
                    self._stream()
                case ["api", "v1", "timelines", "tag", "nordavena"]:
                    self._page(asked)
                case ["api", "v1", "statuses"] if server.many == "fails":
                    self._json({"error": "Something went wrong"}, 500)
                case ["api", "v1", "statuses"] if server.many != "is unknown":
                    wanted = [int(id) for id in asked.get("id[]", [])]
                    with server.wake:
                        found = [server.statuses[id] for id in wanted if id in server.statuses]
                    self._json(found if server.many == "answers" else [])
                case ["api", "v1", "statuses", id]:
                    one = server.statuses.get(int(id))
                    self._json(one or {"error": "Record not found"}, 200 if one else 404)
                case ["api", "v1", "notifications"]:
                    self._json([])
                case _:
                    self._json({"error": "Not found"}, 404)

        def _page(self, asked: dict[str, list[str]]) -> None:
            limit = int(asked["limit"][0])
            with server.wake:
                ids = sorted(server.statuses)
                after = int(asked["min_id"][0]) if "min_id" in asked and server.heeds_min_id else None
                page = ids[-limit:] if after is None else [id for id in ids if id > after][:limit]
                statuses = [server.statuses[id] for id in reversed(page)]
            path = f"{server.url}{urlsplit(self.path).path}"
            link = f'<{path}?max_id={page[0]}>; rel="next", <{path}?min_id={page[-1]}>; rel="prev"' if page else ""
            self._json(statuses, headers={**LIMIT, "X-RateLimit-Remaining": "299", **({"Link": link} if link else {})})

        def _stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.close_connection = True
            with server.wake:
                sent = len(server.events)
                server.opened += 1
                server.listeners += 1
            beat = time.monotonic()
            try:
                self.wfile.write(b":)\n\n")
                while not server.closed:
                    with server.wake:
                        server.wake.wait(0.05)
                        fresh, sent = server.events[sent:], len(server.events)
                    if server.silent:
                        continue
                    if 0 < server.ends_after <= sent:
                        server.ends_after = 0
                        return
                    if time.monotonic() - beat > server.heartbeat:
                        beat = time.monotonic()
                        self.wfile.write(b":thump\n\n")
                    for event, data in fresh:
                        self.wfile.write(f"event: {event}\ndata: {data}\n\n".encode())
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with server.wake:
                    server.listeners -= 1

    return Handler


@contextmanager
def serving() -> Iterator[Server]:
    """The server on a free port of loopback, for the length of a block."""
    server = Server()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closed = True
        http.shutdown()
        http.server_close()
        thread.join()


def main(seed: int, posts: int, rate: float) -> None:
    """Post, edit and delete from when somebody listens until standard input has a line, and `posts` more; stay there
    until it ends. While nobody listens only a little happens: what is missed has to be among what is asked for again,
    however long a listener takes to come back."""
    chance = random.Random(seed)
    enough = threading.Event()

    def told() -> None:
        sys.stdin.readline()
        enough.set()

    threading.Thread(target=told, daemon=True).start()
    with serving() as server:
        server.ends_after = posts
        server.busy_at = {30}
        server.heartbeat = 0.2
        server.post(0)
        print(server.url, flush=True)
        while not server.is_listened_to():
            time.sleep(0.01)
        n = unheard = 0
        while not enough.is_set() or posts:
            time.sleep(1 / rate)
            unheard = 0 if server.listeners else unheard + 1
            if unheard <= UNHEARD:
                posts -= enough.is_set()
                n += 1
                server.live(n, chance)
        server.over = True
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
