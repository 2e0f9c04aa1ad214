"""The virus scan: clamd's answer decides; without clamd the paper says that it was not scanned."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from gongkai.agencies.refusals import Refused
from gongkai.requests.papers.scanning import scan

VIRUS = b"as bad as can be"


class Scanner(socketserver.StreamRequestHandler):
    """Speaks clamd's INSTREAM; finds VIRUS and nothing else; says nonsense where it is told to."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        held = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            held += self.rfile.read(length)
        answer = b"stream: Bad.Thing FOUND" if VIRUS in held else b"stream: OK"
        if held == b"too long":
            answer = b"INSTREAM size limit exceeded. ERROR"
        self.wfile.write(answer + b"\0")


@pytest.fixture
def clamd(settings, tmp_path) -> Iterator[str]:
    path = tmp_path / "clamd.sock"
    with socketserver.ThreadingUnixStreamServer(str(path), Scanner) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        settings.GONGKAI_CLAMD = f"unix://{path}"
        yield settings.GONGKAI_CLAMD
        server.shutdown()


def test_a_clean_file_is_kept_and_an_infected_one_is_not(clamd):
    assert scan(b"x" * 300_000) == "clean"
    with pytest.raises(Refused, match="发现病毒"):
        scan(b"x" * 70_000 + VIRUS, "files")


def test_it_speaks_tcp_too(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.GONGKAI_CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
        assert scan(b"harmless") == "clean"
        server.shutdown()


def test_without_a_scanner_the_paper_says_so(settings):
    settings.GONGKAI_CLAMD = ""
    assert scan(VIRUS) == "not_scanned"


@pytest.mark.parametrize("data", [b"anything", b"too long"])
def test_a_scanner_that_gives_no_answer_stops_the_file_or_marks_it_as_the_settings_say(settings, clamd, data):
    if data == b"anything":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            settings.GONGKAI_CLAMD = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(Refused, match="暂时不可用"):
        scan(data)
    settings.GONGKAI_SCAN = "offered"
    assert scan(data) == "not_scanned"
