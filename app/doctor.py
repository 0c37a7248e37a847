"""The doctor with its words: what a place for a help desk can do, whether one may be kept there, and what to do.

`check` goes through a place check by check (db.doctor); `told` gives a finding as people read it. The command
line, the first window and Drive health show the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.credentials import key_store
from app.errors import UserError
from app.profile import Profile
from app.refusals import in_language
from app.stores import PASSWORD_VARIABLE, kept_password, open_log
from app.texts import Texts
from db.address import is_url, misnamed, place
from db.doctor import examine
from db.errors import StorageError
from db.findings import Finding, Level
from db.keys import KeyStore

UNFIT_RIGHTS: Final = ("no listing", "other bytes", "full", "standby")
"""What the check of permissions comes across and no permission cures."""


NO_ROOM: Final = (("rights", "full"), ("space", "none"))
"""(check, case): nothing is wrong with the drive, it is only full."""


@dataclass(frozen=True)
class Told:
    """A finding in words. `figure` may be ""; `title` names the check, `means` is one or two sentences."""

    name: str
    level: Level
    title: str
    figure: str
    means: str

    @property
    def ok(self) -> bool:
        """False where a help desk must not be kept."""
        return self.level is not Level.BAD


def check(
    where: str,
    *,
    quick: bool = False,
    profile: Path | None = None,
    keys: Callable[[], KeyStore] | None = None,
    password: str | None = None,
) -> Generator[Finding, None, None]:
    """Findings about a folder or a database URL, as they come. Stop early with `close`: it cleans up.

    `profile`: where this workstation's replica lies or will lie; `keys`: where a database's password may be kept, if
    not where this profile keeps its own; `password`: what was just typed.
    """
    wrong = misnamed(where)
    if wrong:
        yield Finding("reach", Level.BAD, wrong, values={"scheme": where.partition("://")[0]})
        return
    if is_url(where):
        with closing(_server(where, quick, keys or _keys_of(profile), password)) as looking:
            for finding in looking:
                yield replace(finding, of_database=True)
        return
    yield from examine(Path(where), quick=quick, profile=profile)


def _keys_of(folder: Path | None) -> Callable[[], KeyStore] | None:
    """Where a profile that belongs to a desk keeps its secrets."""
    profile = Profile(folder) if folder is not None else None
    if profile is None or not profile.attached:
        return None
    named = profile.desk().get("key_file")
    return lambda: key_store(Path(named) if named else None)


def _server(
    where: str, quick: bool, keys: Callable[[], KeyStore] | None, typed: str | None
) -> Generator[Finding, None, None]:
    try:
        known = place(where)
        password = typed or known.password or os.environ.get(PASSWORD_VARIABLE) or kept_password(known.where, keys)
    except (StorageError, UserError) as error:
        yield Finding("reach", Level.BAD, "no", values={"why": str(error)})
        return
    from db.server_doctor import examine_server  # late: the driver is slow to load

    yield from examine_server(
        known.where, password, lambda: open_log(known.where, bytes(8), keys, password), quick=quick
    )  # fmt: skip


def told(finding: Finding, texts: Texts) -> Told:
    """The finding in the language of `texts`."""
    key = f"doctor.database.{finding.name}" if finding.of_database else f"doctor.{finding.name}"
    return Told(
        finding.name,
        finding.level,
        texts(key),
        _figure(finding, texts),
        texts(f"{key}.{finding.case}").format(
            **{name: in_language(value, texts.language) for name, value in finding.values.items()}
        ),
    )


def verdict(findings: Iterable[Finding], texts: Texts) -> str:
    """What comes of it all, in one sentence: fit, in use, or what kind of thing must be put right first. A place that
    does not answer, or lets nobody in, may be as fit as any: only what was tried and failed speaks against it."""
    by_name = {finding.name: finding for finding in findings}
    bad = {finding.name for finding in by_name.values() if not finding.ok}
    database = "database " if any(finding.of_database for finding in by_name.values()) else ""
    if not bad:
        desk = by_name.get("desk")
        if desk is not None and desk.case == "here":
            return texts("doctor.verdict.in use", **desk.values)
        return texts("doctor.verdict.fit")
    if "reach" in bad:
        locked = by_name["reach"].case in ("locked", "password")
        return texts(f"doctor.verdict.{database}{'locked' if locked else 'not reached'}")
    if all((name, by_name[name].case) in NO_ROOM for name in bad) and not database:
        return texts("doctor.verdict.no room")
    if bad <= {"rights"} and by_name["rights"].case not in UNFIT_RIGHTS:
        return texts(f"doctor.verdict.{database}not allowed")
    if bad == {"profile"}:
        return texts("doctor.verdict.own copy")
    return texts(f"doctor.verdict.{database}unfit")


def objection(where: str, profile: Path, texts: Texts) -> str:
    """What speaks against keeping a desk in this folder, in one line; "" when nothing does. A quick look, for who uses
    a folder without having asked first; of a database the server itself says what it lacks."""
    if is_url(where):
        return ""
    folder = where if misnamed(where) != "relative" else str(Path(where).absolute())
    with closing(check(folder, quick=True, profile=profile)) as looking:
        for finding in looking:
            if not finding.ok:
                said = told(finding, texts)
                return f"{said.title}: {said.means}"
    return ""


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """The contract: {"ok", "checks": [{"name", "ok", "figure", "means"}]}, with "unit" and "level" beside it."""
    english = Texts("en")
    checks = [
        {"name": f.name, "ok": f.ok, "figure": f.figure, "means": told(f, english).means, "unit": f.unit,
         "level": f.level.value}
        for f in findings
    ]  # fmt: skip
    return {"ok": all(c["ok"] for c in checks), "checks": checks}


def _figure(finding: Finding, texts: Texts) -> str:
    figure = finding.figure
    if figure is None or isinstance(figure, str):
        return figure or ""
    match finding.unit:
        case "bytes":
            return texts("doctor.unit.free", n=texts.decimal(figure / 1e9))
        case "ms":
            return texts("doctor.unit.ms", n=texts.decimal(figure, 0 if figure >= 10 else 1))
        case "s":
            return texts("doctor.unit.s", n=texts.decimal(figure, 1))
        case unit:
            return texts(f"doctor.unit.{unit}", n=texts.integer(figure))
