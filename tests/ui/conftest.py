"""The application of the tests looks and speaks as the program does: bundled typeface, light, English."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui import open_window
from tests.ui.case_desk import CaseDesk, FilledDesk, lay_copy, make_template, open_copy
from ui.collecting import collect_due
from ui.i18n import Language, Languages
from ui.theme import Theme, ThemeChoice


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """As in the program (ui.collecting): cycles are collected between two tests, never while Qt hands out events. A
    window that a failed test left behind otherwise dies amid the next one's events, and the process with it."""
    gc.disable()
    try:
        return (yield)
    finally:
        if hasattr(sys, "last_value"):  # it failed: what its traceback holds is no guest in the next one
            del sys.last_type, sys.last_value, sys.last_traceback
            gc.collect()
        collect_due()
        gc.enable()


@pytest.fixture(scope="session")
def _theme(qapp: QApplication) -> Theme:
    return Theme(qapp, ThemeChoice.LIGHT)


@pytest.fixture(scope="session")
def _languages(qapp: QApplication) -> Languages:
    return Languages(qapp, Language.ENGLISH)


@pytest.fixture
def theme(_theme: Theme) -> Iterator[Theme]:
    """Light, and light again after the test."""
    _theme.choose(ThemeChoice.LIGHT)
    _theme.set_text_scale(1.0)
    yield _theme
    _theme.choose(ThemeChoice.LIGHT)
    _theme.set_text_scale(1.0)


@pytest.fixture
def languages(_languages: Languages) -> Iterator[Languages]:
    """English, and English again after the test."""
    _languages.choose(Language.ENGLISH)
    yield _languages
    _languages.choose(Language.ENGLISH)


@pytest.fixture(scope="session", autouse=True)
def _windows_filled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The desk that a window is opened on is a copy of one that was really founded, filled and published in this
    process: hundreds of tests open a window each, and most of them on the same desk."""
    made: dict[int, FilledDesk] = {}
    fill_anew = open_window.filled

    def copied(folder: Path, cases: int) -> FilledDesk:
        if cases not in made:
            made[cases] = fill_anew(tmp_path_factory.mktemp("window"), cases)
        lay_copy(made[cases], folder)
        return replace(made[cases], folder=folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_window, "filled", copied)
        yield


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> FilledDesk:
    return make_template(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def desk(
    qapp: QApplication, _filled: FilledDesk, tmp_path: Path, theme: Theme, languages: Languages
) -> Iterator[CaseDesk]:
    """A desk with people, machines and cases of its own, and the services a window hands to its pages."""
    made = open_copy(_filled, tmp_path / "desk")
    yield made
    made.close()
