"""The stopwatch: started, corrected, carried from case to case, and honest after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.work.notes import NoteDraft, draft_key
from app.work.stopwatch import KEY, begin, left_running
from tests.ui.case_desk import CaseDesk, discard
from ui.case_editor import CaseEditor


@pytest.fixture
def editor(qtbot: QtBot, desk: CaseDesk) -> Iterator[CaseEditor]:
    made = CaseEditor(desk.services)
    made.resize(520, 640)
    made.show()
    qtbot.waitExposed(made)
    desk.timers += [made._refresh, made._rest, made.composer._journal]
    made.show_case(desk.case())
    desk.wait()
    yield made
    desk.services.stopwatch.stop()
    desk.wait()
    made.show_case(None)
    discard(made)


def minutes_kept(desk: CaseDesk, case: bytes) -> int:
    return NoteDraft.decode(desk.desk.drafts.read(draft_key(case))).minutes


def test_it_counts_begun_minutes_and_is_booked_with_the_note(desk: CaseDesk, editor: CaseEditor) -> None:
    before = desk.desk.present.case(desk.case()).minutes
    editor.do("case.stopwatch")
    foot, watch = editor.composer._foot, desk.services.stopwatch
    assert foot.isVisible()
    desk.clock.pass_minutes(6.4)
    watch.changed.emit()
    assert foot.watch.text() == "6:24"
    assert foot.minutes.value() == 7
    editor.composer.write("note", "Found it")
    editor.composer.send()
    desk.wait()
    assert desk.desk.present.case(desk.case()).minutes == before + 7
    assert watch.running is None
    assert desk.desk.drafts.read(KEY) == ""
    assert foot.minutes.value() == 0


def test_it_is_corrected_while_it_runs(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.do("case.stopwatch")
    foot, watch = editor.composer._foot, desk.services.stopwatch
    desk.clock.pass_minutes(30)
    watch.changed.emit()
    foot.minutes.setValue(10)
    desk.clock.pass_minutes(5)
    watch.changed.emit()
    assert foot.minutes.value() == 15
    editor.do("case.stopwatch")
    foot.minutes.setValue(12)
    desk.clock.pass_minutes(5)
    desk.wait()
    assert foot.minutes.value() == 12
    assert minutes_kept(desk, desk.case()) == 12


def test_minutes_alone_are_booked_without_a_note(desk: CaseDesk, editor: CaseEditor) -> None:
    view = desk.desk.present.case(desk.case())
    editor.composer.write("note")
    editor.composer._minutes.setValue(5)
    assert editor.composer._foot.send.text() == "Book the time"
    editor.composer.send()
    desk.wait()
    after = desk.desk.present.case(desk.case())
    assert after.minutes == view.minutes + 5
    assert len(after.entries) == len(view.entries)


def test_started_in_another_case_it_notes_what_it_measured_in_the_first(desk: CaseDesk, editor: CaseEditor) -> None:
    editor.do("case.stopwatch")
    desk.clock.pass_minutes(4)
    editor.show_case(desk.case("erp case"))
    desk.wait()
    editor.composer.write("note")
    assert editor.composer._elsewhere.isVisible()
    label = desk.desk.present.case(desk.case()).label
    assert editor.composer._elsewhere.text() == f"The stopwatch runs for case {label}: 4:00"
    editor.do("case.stopwatch")
    desk.clock.pass_minutes(2)
    desk.services.stopwatch.changed.emit()
    assert editor.composer._minutes.value() == 2
    desk.wait()
    assert minutes_kept(desk, desk.case()) == 4
    editor.show_case(desk.case())
    desk.wait()
    assert editor.composer._minutes.value() == 4


def test_after_a_crash_it_counts_what_was_seen_and_no_further(desk: CaseDesk, editor: CaseEditor) -> None:
    begun = begin(desk.case(), "2", 5, desk.clock())
    desk.desk.drafts.keep(KEY, begun.seen_at(desk.clock() + 3 * 60_000).encode())
    desk.clock.pass_minutes(600)
    desk.services.stopwatch.resume()
    desk.wait()
    assert desk.services.stopwatch.running is None
    assert editor.composer._minutes.value() == 8
    assert minutes_kept(desk, desk.case()) == 8
    assert left_running(desk.desk.drafts) is None
    assert desk.services.notices.current is not None
    assert "8 min" in desk.services.notices.current.text


def test_a_large_file_tells_how_far_it_is_and_can_be_called_off(
    desk: CaseDesk, editor: CaseEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.file_keeping.LARGE", 1)
    monkeypatch.setattr("ui.file_keeping.TOLD_EVERY", 1)
    path = tmp_path / "video.mp4"
    path.write_bytes(bytes(6_000_000))
    composer = editor.composer
    composer.write("note", "See the video")
    told: list[str] = []
    composer._keeping.changed.connect(lambda: told.extend(one.words for one in composer._keeping.of(desk.case())))
    composer.attach_files([path])
    assert composer._chips.isVisible()
    composer.send()  # waits for the file
    assert composer.text == "See the video"
    desk.wait()
    assert any(words.startswith("reading, ") for words in told)
    view = desk.desk.present.case(desk.case())
    assert (view.entries[-1].text, [line.name for line in view.attachments]) == ("See the video", ["video.mp4"])
    composer.attach_files([path])
    (one,) = composer._keeping.of(desk.case())
    composer._chips.called_off.emit(one)
    desk.wait()
    assert composer._chips.files() == ()
    assert composer._keeping.of(desk.case()) == []
