"""Keys go to the system's own keyring, or to a file that somebody asked for; nowhere else, and never silently."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.errors import KeyringLocked

from app.credentials import KeyFile, KeyringStore, key_store
from app.errors import UserError


def _backend(module: str, *, locked: bool = False) -> Any:
    """A keyring as this module of the library, or of another one, has it."""

    class Keyring:
        def __init__(self) -> None:
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, name: str) -> str | None:
            if locked:
                raise KeyringLocked("it is locked")
            return self.kept.get((service, name))

        def set_password(self, service: str, name: str, secret: str) -> None:
            if locked:
                raise KeyringLocked("it is locked")
            self.kept[service, name] = secret

        def delete_password(self, service: str, name: str) -> None:
            del self.kept[service, name]

    Keyring.__module__ = module
    return Keyring()


class _Chain:
    """What the library gives where several are installed: it would go on to the next one."""

    def __init__(self, *backends: Any) -> None:
        self.backends = backends


PLAIN = ("keyrings.alt.file", "keyring.backends.null", "keyring.backends.fail", "keyring.backends.chainer", "elsewhere")


@pytest.mark.parametrize("module", PLAIN)
def test_a_keyring_that_is_not_the_systems_is_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    plain = _backend(module)
    for active in (plain, _Chain(plain), _Chain()):
        monkeypatch.setattr(keyring, "get_keyring", lambda active=active: active)
        with pytest.raises(UserError, match=r"no system keyring; name a file for the keys with --key-file"):
            KeyringStore()
    assert plain.kept == {}


@pytest.mark.parametrize("module", ["Windows", "SecretService", "kwallet", "macOS", "libsecret"])
def test_of_several_only_the_systems_own_is_asked(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    plain, trusted = _backend("keyrings.alt.file"), _backend(f"keyring.backends.{module}")
    monkeypatch.setattr(keyring, "get_keyring", lambda: _Chain(plain, trusted))
    store = KeyringStore()
    store.set("desk", b"\x00secret\xff")
    assert store.get("desk") == b"\x00secret\xff"
    assert plain.kept == {}
    store.delete("desk")
    store.delete("desk")
    assert store.get("desk") is None
    assert trusted.kept == {}


def test_a_locked_keyring_is_said_and_no_other_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, trusted = _backend("keyrings.alt.file"), _backend("keyring.backends.SecretService", locked=True)
    monkeypatch.setattr(keyring, "get_keyring", lambda: _Chain(trusted, plain))
    with pytest.raises(UserError, match=r"did not answer .*it is locked.*unlock it and try again"):
        KeyringStore().set("desk", b"secret")
    assert plain.kept == {}


def test_a_keyring_that_is_set_up_wrongly_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    for named in ("keyrings.of.nobody.Keyring", "keyring.backends.null.NoSuchClass", "nonsense"):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
        with pytest.raises(UserError, match=r"can't be loaded .*--key-file FILE"):
            KeyringStore()


def test_a_key_file_is_taken_only_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HALLDESK_KEY_FILE", raising=False)
    monkeypatch.setattr(keyring, "get_keyring", lambda: _backend("keyrings.alt.file"))
    with pytest.raises(UserError, match="--key-file"):
        key_store(None)
    assert isinstance(key_store(tmp_path / "keys"), KeyFile)
    monkeypatch.setenv("HALLDESK_KEY_FILE", str(tmp_path / "keys of the job"))
    key_store(None).set("desk", b"secret")
    assert KeyFile(tmp_path / "keys of the job").get("desk") == b"secret"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits; the profile folder's rights count there")
def test_a_key_file_is_its_owners_alone_from_the_first_byte_on(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "new folder" / "keys")
    file.set("desk", b"secret")
    file.set("other", b"more")
    file.delete("other")
    assert (tmp_path / "new folder" / "keys").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == ["keys"]
    assert (file.get("desk"), file.get("other")) == (b"secret", None)
