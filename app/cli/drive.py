"""Verbs about the place where a desk is kept: doctor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.cli.server import add_password_option, ask, from_stdin, may_ask
from app.errors import UserError
from app.stores import PASSWORD_VARIABLE, must_be_there
from db.address import misnamed
from db.findings import Finding


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    doctor = verbs.add_parser("doctor", parents=[common], help="what a drive can do, is it safe, how fast")
    doctor.add_argument(
        "--share", metavar="WHERE", help="the folder or database URL to try out (default: where this desk is kept)"
    )
    doctor.add_argument("--quick", action="store_true", help="in less than a second, with fewer tries")
    add_password_option(doctor)
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace, out: Output) -> int:
    from app.doctor import as_json, check, told, verdict
    from app.texts import Texts

    where = args.share
    if where is None:
        if not args.profile.attached:
            raise UserError("Name the folder or database to try out: --share WHERE.")
        where = args.profile.desk()["where"]
    elif misnamed(where) == "relative":
        where = str(Path(where).absolute())
    texts = Texts("en")

    def look(password: str | None) -> list[Finding]:
        findings = []
        for finding in check(where, quick=args.quick, profile=args.profile.folder, password=password):
            findings.append(finding)
            out.progress("checking", len(findings), None)
        return findings

    findings = look(from_stdin() if args.password_stdin else None)
    if _wants_password(findings) and may_ask(args):
        findings = look(ask(f"Password for {where}: "))
    data = as_json(findings)
    marks = {"good": "ok  ", "note": "note", "bad": "BAD "}
    lines = [
        f"{marks[one.level]} {one.title}: {one.means}" + (f" [{one.figure}]" if one.figure else "")
        for one in (told(finding, texts) for finding in findings)
    ]
    if _wants_password(findings):
        lines.append(f"At the command line: --password-stdin, or {PASSWORD_VARIABLE} in the environment.")
    out.emit(data, "\n".join([*lines, "", verdict(findings, texts)]))
    return 0 if data["ok"] else 1


def _wants_password(findings: list[Finding]) -> bool:
    return any(finding.name == "reach" and finding.case in ("locked", "password") for finding in findings)


def must_be_fit(args: argparse.Namespace, where: str) -> None:
    """For a verb that begins to use a place. What is missing or misspelt is said by the verb itself, which knows what
    it wanted there. Errors: UserError with what the doctor has against it."""
    from app.cli.language import language_of
    from app.doctor import objection
    from app.texts import Texts

    must_be_there(where)
    if not where.strip() or misnamed(where) not in ("", "relative"):
        return
    if against := objection(where, args.profile.folder, Texts("en" if args.json else language_of(args.profile))):
        raise UserError(against)
