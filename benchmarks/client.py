"""A small HTTP client over one kept connection: its own cost must not hide the server's."""

import re
import socket
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(rb'name="token" value="([^"]+)"')
CODE = re.compile(rb'<p class="app-code" translate="no" dir="ltr">(.*?)</p>')
ANSWERS = {
    "who": "me", "what": "words", "by": "patient", "when": "shift", "privacy": "anonymous", "place": "none",
    "words": "He shouted at me in front of the bay and would not let me treat him. Two colleagues heard it.",
}  # fmt: skip


class Failed(Exception):
    """The server did not answer as it should."""


class Client:
    """One connection to one server."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._socket: socket.socket | None = None
        self.cookie = ""

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes, bytes]:
        """Return status, head and body of one answer; connect again when the connection was closed."""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self._host}",
            "Sec-Fetch-Site: same-origin",
            "Accept-Encoding: br",
        ]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        message = "\r\n".join([*lines, "", ""]).encode() + body
        if self._socket is None:
            host, port = self._host.split(":")
            self._socket = socket.create_connection((host, int(port)), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(message)
        return self._answer()

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _answer(self) -> tuple[int, bytes, bytes]:
        assert self._socket is not None
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._part()
        head, body = data.split(b"\r\n\r\n", 1)
        found = re.search(rb"content-length: (\d+)", head.lower())
        length = int(found.group(1)) if found else 0
        while len(body) < length:
            body += self._part()
        return int(head[9:12]), head, body

    def _part(self) -> bytes:
        assert self._socket is not None
        part = self._socket.recv(65536)
        if not part:
            self._socket = None
            raise Failed("the connection was closed")
        return part

    def blank_form(self) -> str:
        """Fetch the blank form and return its token."""
        status, _head, body = self.ask("GET", "/quick")
        found = TOKEN.search(body)
        if status != 200 or found is None:
            raise Failed(f"blank form: {status}")
        return found.group(1).decode()

    def send(self, token: str) -> str:
        """Send one report and return its receipt code."""
        status, _head, body = self.ask("POST", "/quick", urlencode(ANSWERS | {"token": token}).encode())
        found = CODE.search(body)
        if status != 200 or found is None:
            raise Failed(f"send: {status}")
        return re.sub(rb"<[^>]+>", b"", found.group(1)).decode()

    def sign_in(self, email: str, passphrase: str) -> None:
        """Sign in and keep the session cookie."""
        status, head, _body = self.ask("POST", "/login", urlencode({"email": email, "passphrase": passphrase}).encode())
        found = re.search(rb"(?i)set-cookie: (__Host-desk=[^;]+)", head)
        if status != 303 or found is None:
            raise Failed(f"sign-in: {status}")
        self.cookie = found.group(1).decode()
