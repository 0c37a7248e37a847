"""A TCP proxy on the loopback between a client and a real server, which loses replies, stalls, or speaks TLS on order.

`lose_reply` lets the next request through, keeps its answer back and cuts the connection: the server did it, the client
never hears. With `tls` it answers PostgreSQL's question for TLS and takes that part over, for servers built without it.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import suppress
from typing import Final

_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)


class Proxy:
    """Listens on 127.0.0.1:`port`; close it at the end."""

    def __init__(self, target: int, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        """`target`: the server's port. `port`: where to listen, if not anywhere free."""
        self._target, self._tls = target, tls
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._losing = threading.Event()
        self.stalled = False
        """Whether answers are kept back from now on, on open connections."""
        self.cut = 0
        """Connections that were cut instead of answered."""
        self._run(self._accept)

    def lose_reply(self) -> None:
        """The next answer of the server is lost, and the connection with it."""
        self._losing.set()

    def close(self) -> None:
        """Cut everything and wait for the threads."""
        # Closing alone does not end an accept() in another thread.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in list(self._open):
            _cut(one)
        for thread in self._threads:
            thread.join(5)
        for one in self._open:
            one.close()

    def _run(self, call: object, *args: object) -> None:
        thread = threading.Thread(target=call, args=args, name="proxy", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                self._run(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        self._open.append(client)
        with suppress(OSError):
            if self._tls is not None:
                if client.recv(8, socket.MSG_WAITALL) != _SSL_REQUEST:
                    return _cut(client)
                client.sendall(b"S")
                client = self._tls.wrap_socket(client, server_side=True)
                self._open.append(client)
            server = socket.create_connection(("127.0.0.1", self._target))
            self._open.append(server)
            if self._tls is None:
                self._run(self._pump, client, server, False)
                self._pump(server, client, True)
            else:
                # One thread for both directions: an SSL socket is not for two.
                self._pump_both(client, server)
        return None

    def _pump(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self._losing.is_set():
                    self._losing.clear()
                    self.cut += 1
                    break
                if not (is_answer and self.stalled):
                    target.sendall(data)
        _cut(source)
        _cut(target)

    def _pump_both(self, client: socket.socket, server: socket.socket) -> None:
        client.settimeout(0.005)
        server.settimeout(0.005)
        pairs = ((client, server), (server, client))
        while True:
            for source, target in pairs:
                with suppress(TimeoutError):
                    data = source.recv(65536)
                    if not data:
                        return
                    target.sendall(data)


def _cut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
