"""The feeds: many addresses of RSS, from an empty store to everything searchable."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.benchmarks.table import Row

RUNS = 3


class Server(ThreadingHTTPServer):
    """Files over HTTP/1.1, with room for as many callers at once as a web server has; the bare one has room for 5."""

    request_queue_size = 128
    daemon_threads = True


class Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(folder: str) -> None:
    """Serve a folder on loopback until killed; say the port first."""
    with Server(("127.0.0.1", 0), partial(Files, directory=folder)) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A web server in its own process; its address."""
    command = [sys.executable, "-m", "tests.benchmarks.hearing", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


def rss(items: int, files: int, folder: Path) -> list[Row]:
    """Wall time of `warroom listen` until every item is stored, against `newsboat -x reload`."""
    site = folder / "site"
    site.mkdir()
    for number in range(files):
        entries = "".join(
            f"<item><title>Item {number}-{i}</title><guid>urn:x:{number}:{i}</guid>"
            f"<link>https://news.example/{number}/{i}</link><pubDate>Tue, 10 Mar 2026 12:00:00 +0000</pubDate>"
            f"<description>ordinary words about oat drink lot {i} and nobody answers the phone</description></item>"
            for i in range(items // files)
        )
        document = f'<?xml version="1.0"?><rss version="2.0"><channel><title>f{number}</title>{entries}</channel></rss>'
        (site / f"{number}.xml").write_text(document, encoding="utf-8")
    with served(site) as address:
        ours = sorted(_listen(address, items, files, folder / f"ours{run}") for run in range(RUNS))[RUNS // 2]
        peer = shutil.which("newsboat")
        runs = range(RUNS) if peer else range(0)
        theirs = sorted(_newsboat(str(peer), address, files, folder / f"theirs{run}") for run in runs)
    yard = f"newsboat -x reload {theirs[RUNS // 2]:.2f} s" if theirs else "newsboat is not installed"
    ratio = ours / theirs[RUNS // 2] if theirs else None
    return [Row(f"{items:,} RSS items in {files} files, with FTS, wall", f"{ours:.2f} s", yard, ratio, 0.35)]


def _listen(address: str, items: int, files: int, folder: Path) -> float:
    folder.mkdir()
    feeds = "".join(
        f"  - {{name: f{number}, type: rss, url: '{address}/{number}.xml', internal: true}}\n"
        for number in range(files)
    )
    (folder / "config.yaml").write_text(f"organisation: {{name: Nordavena}}\nfeeds:\n{feeds}", encoding="utf-8")
    command = [sys.executable, "-m", "warroom", "--config", str(folder / "config.yaml")]
    start = time.perf_counter()
    with subprocess.Popen(
        [*command, "--data-dir", str(folder / "data"), "listen"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as listen:
        try:
            while _stored(folder / "data" / "mentions.db") < items:
                if listen.poll() is not None or time.perf_counter() - start > 300:
                    raise RuntimeError("the items were not stored")
                time.sleep(0.02)
            return time.perf_counter() - start
        finally:
            listen.send_signal(signal.SIGINT)


def _stored(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT coalesce(max(rowid), 0) FROM mention").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _newsboat(peer: str, address: str, files: int, folder: Path) -> float:
    folder.mkdir()
    (folder / "urls").write_text("".join(f"{address}/{number}.xml\n" for number in range(files)), encoding="utf-8")
    (folder / "config").write_text("", encoding="utf-8")
    where = ["-C", str(folder / "config"), "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
    start = time.perf_counter()
    subprocess.run([peer, *where, "-x", "reload"], check=True, env={**os.environ, "HOME": str(folder)})
    return time.perf_counter() - start


if __name__ == "__main__":
    serve(sys.argv[1])
