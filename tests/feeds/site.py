"""A real HTTP server on loopback with pages that the test sets, ETags, and every bad manner as a switch."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What a path answers. `manner` bends it: see `Handler`."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: str = ""


class Site:
    """Set `pages`; read `asked` (path and headers of every request) and `callers` (port of each)."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.callers: list[int] = []
        self.url = f"http://127.0.0.1:{server.server_address[1]}"

    def page(self, path: str, body: bytes | str = b"", **more: object) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, **more)  # type: ignore[arg-type]
        return self.url + path


def _handler(find: Callable[[], Site]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            site = find()
            site.callers.append(self.client_address[1])
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = site.pages.get(self.path.split("?")[0], Page(status=404))
            tag = f'"{sha256(page.body).hexdigest()[:12]}"'
            try:
                self._answer(page, tag)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, page: Page, tag: str) -> None:
            match page.manner:
                case "reset":
                    self.close_connection = True
                    self.connection.close()
                    return
                case "drip":
                    self.send_response(200)
                    self.send_header("Content-Length", "100000")
                    self.end_headers()
                    for _ in range(100):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                        time.sleep(0.05)
                    return
                case "endless":
                    self.send_response(200)
                    self.end_headers()
                    self.close_connection = True
                    chunk = b"x" * 65_536
                    for _ in range(16_384):
                        self.wfile.write(chunk)
                    return
                case "half":
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(page.body)))
                    self.end_headers()
                    self.wfile.write(page.body[: len(page.body) // 2])
                    self.close_connection = True
                    return
            if page.status == 200 and self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = page.body
            self.send_response(page.status)
            if page.manner in ("gzip", "double"):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip, gzip" if page.manner == "double" else "gzip")
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def running_site() -> Iterator[Site]:
    """The server for the length of a block."""
    holder: list[Site] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: holder[0]))
    server.daemon_threads = True
    holder.append(Site(server))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
