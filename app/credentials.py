"""Where this workstation's secrets live: the system's keyring, or a file the person asked for.

The keyring library picks a plaintext backend silently when one is installed, so only the systems' own are accepted. A
locked keyring may ask and block: call these on a lane, never in the GUI thread.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, TypeVar

from app.errors import UserError
from db.keys import KeyStore
from db.own_files import unwritable

T = TypeVar("T")

SERVICE: Final = "halldesk"
TRUSTED_BACKENDS: Final = (
    "keyring.backends.Windows.",
    "keyring.backends.SecretService.",
    "keyring.backends.kwallet.",
    "keyring.backends.macOS.",
    "keyring.backends.libsecret.",
)


class KeyringStore:
    """Secrets in the OS keyring. Errors: UserError when there is none to trust or it stays locked."""

    def __init__(self) -> None:
        import keyring

        try:
            active = keyring.get_keyring()
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            # The environment or keyring's own file of settings names a backend that is not installed, or is none.
            raise UserError(
                f"The keyring that is set up on this machine can't be loaded ({error}); correct PYTHON_KEYRING_BACKEND "
                "or keyringrc.cfg, or name a file for the keys with --key-file FILE."
            ) from error
        # Several installed ones come as a chain, which would go on to the next; the trusted one is asked by itself.
        trusted = [one for one in getattr(active, "backends", [active]) if _is_trusted(one)]
        if not trusted:
            raise UserError(
                "This machine has no system keyring; name a file for the keys with --key-file FILE "
                "(or HALLDESK_KEY_FILE)."
            )
        self._keyring = trusted[0]

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        text = self._call(lambda: self._keyring.get_password(SERVICE, name))
        return None if text is None else base64.b64decode(text)

    def set(self, name: str, secret: bytes) -> None:
        """Keep a secret under a name."""
        self._call(lambda: self._keyring.set_password(SERVICE, name, base64.b64encode(secret).decode()))

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens when it is not there."""
        if self.get(name) is not None:
            self._call(lambda: self._keyring.delete_password(SERVICE, name))

    def _call(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except _keyring_errors() as error:
            raise UserError(f"The keyring did not answer ({error}); unlock it and try again.") from error


def _is_trusted(backend: object) -> bool:
    return f"{type(backend).__module__}.{type(backend).__name__}".startswith(TRUSTED_BACKENDS)


def _keyring_errors() -> tuple[type[Exception], ...]:
    """What keyrings raise. That of Windows lets the system's own error through, for example in a scheduled task of a
    user who is not logged on."""
    from keyring.errors import KeyringError

    if sys.platform == "win32":
        return KeyringError, import_module("win32ctypes.pywin32.pywintypes").error
    return (KeyringError,)


class KeyFile:
    """Secrets in a file readable by its owner only, for machines without a keyring. Asked for, never a silent
    fallback."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        text = self._load().get(name)
        return None if text is None else base64.b64decode(text)

    def set(self, name: str, secret: bytes) -> None:
        """Keep a secret under a name."""
        self._save({**self._load(), name: base64.b64encode(secret).decode()})

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._save({k: v for k, v in self._load().items() if k != name})

    def _load(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path.read_text(encoding="utf-8"))) if self._path.exists() else {}
        except OSError as error:
            raise UserError(
                f"The key file {self._path} can't be read ({error.strerror or error}); check its permissions."
            ) from error
        except (ValueError, TypeError) as error:
            raise UserError(
                f"The key file {self._path} is damaged. Put a copy of it back, or move it away and come back with an "
                "invitation for another workstation of yours: halldesk recover INVITATION"
            ) from error

    def _save(self, secrets: dict[str, str]) -> None:
        temporary = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(secrets, file)
            temporary.replace(self._path)
        except OSError as error:
            raise UserError(f"The key file can't be kept: {unwritable(self._path, error)}") from error


def key_store(key_file: Path | None) -> KeyStore:
    """The key file if one is named (argument or HALLDESK_KEY_FILE), else the keyring. Errors: UserError."""
    named = named_key_file(key_file)
    return KeyFile(named) if named else KeyringStore()


def named_key_file(key_file: Path | None) -> Path | None:
    """The key file that was asked for, by argument or by HALLDESK_KEY_FILE; None: the keyring."""
    named = key_file or (Path(os.environ["HALLDESK_KEY_FILE"]) if os.environ.get("HALLDESK_KEY_FILE") else None)
    return named.absolute() if named else None


def secret_name(device: bytes) -> str:
    """Under which name a device's secret is kept."""
    return f"device-{device.hex()}"
