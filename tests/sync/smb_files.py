"""`db.files.Files` by a real SMB client, written in Python: what Windows' own client sends, without mounting anything.

Each `SmbFiles` has a connection of its own, as another workstation has. A hard link is FileLinkInformation without
replacement, on the file that is still open, as CreateHardLink does it. Errors become the OSError that a mounted share
gives; a connection that broke is made anew at the next call.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from typing import Any, Final, TypeVar

import smbclient
from smbprotocol.exceptions import SMBException, SMBOSError

from tests.samba import PASSWORD, SHARE, USER

T = TypeVar("T")

_CODES: Final = {
    0xC0000022: errno.EACCES,  # access denied
    0xC0000043: errno.EACCES,  # sharing violation
    0xC0000056: errno.EACCES,  # delete pending
    0xC000007F: errno.ENOSPC,  # disk full
    0xC00000A2: errno.EROFS,  # media write protected
    0xC00000BB: errno.ENOTSUP,  # not supported
    0xC0000010: errno.ENOTSUP,  # invalid device request
}

# A connection that a test has cut can't be closed; the client complains of it whenever it gives the connection up.
logging.getLogger("smbclient._pool").setLevel(logging.ERROR)


class SmbFiles:
    """A folder of the test server's share. `port`: of the server, or of a proxy before it."""

    def __init__(self, port: int, folder: str, patience: float = 5.0) -> None:
        self._base = rf"\\127.0.0.1\{SHARE}\{folder}"
        self._sessions: dict[str, Any] = {}
        self._how: dict[str, Any] = {
            "port": port, "username": USER, "password": PASSWORD, "connection_cache": self._sessions,
            "connection_timeout": patience,
        }  # fmt: skip

    def close(self) -> None:
        """End the connection."""
        smbclient.reset_connection_cache(fail_on_error=False, connection_cache=self._sessions)

    def _full(self, path: str) -> str:
        return f"{self._base}\\{path}".rstrip("\\").replace("/", "\\")

    def _do(self, call: Callable[..., T], *paths: str, **more: Any) -> T:
        return self._translated(lambda: call(*map(self._full, paths), **more, **self._how))

    def _translated(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except SMBOSError as error:
            code = _CODES.get(error.ntstatus) or error.errno or errno.EIO
            raise OSError(code, os.strerror(code), str(error)) from error
        except (SMBException, OSError, ValueError) as error:
            self.close()
            raise OSError(errno.EIO, str(error)) from error

    def is_folder(self, path: str) -> bool:
        return bool(self._do(smbclient.path.isdir, path))

    def make_folder(self, path: str) -> None:
        try:
            self._do(smbclient.mkdir, path)
        except FileExistsError:
            if not self.is_folder(path):
                raise

    def names(self, path: str) -> list[str]:
        return list(self._do(smbclient.listdir, path))

    def read(self, path: str, most: int) -> bytes:
        def read(full: str, **how: Any) -> bytes:
            with smbclient.open_file(full, mode="rb", share_access="rwd", **how) as file:
                return bytes(file.read(most))

        return self._do(read, path)

    def create(self, path: str) -> _SmbFile:
        file = self._do(smbclient.open_file, path, mode="xb", buffering=0, share_access="rwd")
        return _SmbFile(file, self._translated)

    def link(self, path: str, name: str) -> None:
        self._do(smbclient.link, path, name)

    def replace(self, path: str, name: str) -> None:
        self._do(smbclient.replace, path, name)

    def rewrite(self, path: str, data: bytes) -> None:
        def rewrite(full: str, **how: Any) -> None:
            try:
                file = smbclient.open_file(full, mode="r+b", buffering=0, share_access="rwd", **how)
            except SMBOSError as error:
                if error.errno != errno.ENOENT:
                    raise
                file = smbclient.open_file(full, mode="xb", buffering=0, share_access="rwd", **how)
            with file:
                file.write(data)

        self._do(rewrite, path)

    def flush(self, path: str) -> None:
        def flush(full: str, **how: Any) -> None:
            with smbclient.open_file(full, mode="r+b", buffering=0, share_access="rwd", **how) as file:
                file.fd.flush()

        self._do(flush, path)

    def remove(self, path: str) -> None:
        self._do(smbclient.remove, path)

    def remove_folder(self, path: str) -> None:
        self._do(smbclient.rmdir, path)

    def modified_at(self, path: str) -> float:
        return float(self._do(smbclient.stat, path).st_mtime)

    def may_write(self, path: str) -> bool:
        return True


class _SmbFile:
    def __init__(self, file: Any, translated: Callable[[Callable[[], Any]], Any]) -> None:
        self._file, self._translated = file, translated

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._translated(lambda v=view: self._file.write(bytes(v))) :]  # type: ignore[misc]

    def flush(self) -> None:
        self._translated(self._file.fd.flush)

    def close(self) -> None:
        self._translated(self._file.close)
