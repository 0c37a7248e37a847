"""Verbs about the place where a desk is kept: doctor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.output import Output
from app.errors import UserError
from app.stores import PASSWORD_VARIABLE
from db.address import misnamed


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    doctor = verbs.add_parser("doctor", parents=[common], help="what a drive can do, is it safe, how fast")
    doctor.add_argument(
        "--share", metavar="WHERE", help="the folder or database URL to try out (default: where this desk is kept)"
    )
    doctor.add_argument("--quick", action="store_true", help="in less than a second, with fewer tries")
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
    findings = []
    for finding in check(where, quick=args.quick, profile=args.profile.folder):
        findings.append(finding)
        out.progress("checking", len(findings), None)
    data = as_json(findings)
    marks = {"good": "ok  ", "note": "note", "bad": "BAD "}
    lines = [
        f"{marks[one.level]} {one.title}: {one.means}" + (f" [{one.figure}]" if one.figure else "")
        for one in (told(finding, texts) for finding in findings)
    ]
    if any(finding.name == "reach" and finding.case in ("locked", "password") for finding in findings):
        lines.append(f"At the command line: halldesk password, or {PASSWORD_VARIABLE} in the environment.")
    out.emit(data, "\n".join([*lines, "", verdict(findings, texts)]))
    return 0 if data["ok"] else 1
