"""A mail server for tests: speaks as much SMTP as a message needs, keeps what it was given."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass
class MailServer:
    """One connection after the other, on a port of its own. `refuses`: recipients it does not take."""

    refuses: tuple[str, ...] = ()
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._over = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        # A call wakes who waits for one, on every system.
        self._over = True
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if self._over:
                connection.close()
                return
            with connection, connection.makefile("rb") as file:
                self._talk(file, connection.sendall)

    def _talk(self, file: BinaryIO, say: Callable[[bytes], None]) -> None:
        sender, to = "", []
        say(b"220 here\r\n")
        while line := file.readline():
            word = line[:4].upper()
            if word in (b"EHLO", b"HELO"):
                say(b"250 here\r\n")
            elif word == b"MAIL":
                sender = line.split(b"<")[1].split(b">")[0].decode()
                say(b"250 ok\r\n")
            elif word == b"RCPT":
                who = line.split(b"<")[1].split(b">")[0].decode()
                if who in self.refuses:
                    say(b"550 nobody of that name\r\n")
                else:
                    to.append(who)
                    say(b"250 ok\r\n")
            elif word == b"DATA":
                say(b"354 go on\r\n")
                body = b""
                while (part := file.readline()) != b".\r\n":
                    body += part
                self.received.append((sender, to, body))
                say(b"250 kept\r\n")
            elif word == b"QUIT":
                say(b"221 bye\r\n")
                return
            else:
                say(b"250 ok\r\n")
