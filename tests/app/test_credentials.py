"""Where secrets may lie: in keyrings of the system only, in a file only where somebody asks for one."""

from __future__ import annotations

import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from app.credentials import TRUSTED_BACKENDS, KeyFile, KeyringStore, key_store
from app.errors import UserError


class Plain(KeyringBackend):
    """Keeps everything in the clear, as keyrings.alt does, and is taken by keyring without a word."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("nobody may ask it")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("nobody may tell it")


class Trusted(Plain):
    """Named like one of the system's."""


Trusted.__module__ = f"{TRUSTED_BACKENDS[1]}"[:-1]


def test_a_backend_that_is_not_on_the_list_is_not_taken(monkeypatch):
    monkeypatch.setattr(keyring.core, "_keyring_backend", Plain())
    with pytest.raises(UserError, match="no system keyring"):
        KeyringStore()


def test_of_several_the_trusted_one_is_asked_by_itself(monkeypatch):
    chain = Plain()
    trusted = Trusted()
    monkeypatch.setattr(chain, "backends", [Plain(), trusted], raising=False)
    monkeypatch.setattr(keyring.core, "_keyring_backend", chain)
    assert KeyringStore()._keyring is trusted


def test_a_keyring_that_is_set_up_wrongly_is_one_sentence(monkeypatch):
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    for named in ("keyrings.of.nobody.Keyring", "keyring.backends.null.NoSuchClass", "nonsense"):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
        with pytest.raises(UserError, match=r"can't be loaded .*--key-file FILE"):
            KeyringStore()


def test_a_key_file_is_made_only_where_it_is_asked_for(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(keyring.core, "_keyring_backend", Plain())
    monkeypatch.delenv("HALLDESK_KEY_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError):
        key_store(None)
    assert list(tmp_path.iterdir()) == []
    asked = key_store(tmp_path / "keys.json")
    assert isinstance(asked, KeyFile)
    asked.set("device", b"secret")
    assert asked.get("device") == b"secret"
    if sys.platform != "win32":
        assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0, "nobody else may read it"
