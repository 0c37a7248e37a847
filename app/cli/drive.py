"""Verbs about the place where a desk is kept: doctor."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.output import Output
from app.errors import UserError


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add this module's verbs."""
    doctor = verbs.add_parser("doctor", parents=[common], help="what a drive can do, is it safe, how fast")
    doctor.add_argument("--share", metavar="WHERE", help="the folder to try out (default: where this desk is kept)")
    doctor.add_argument("--quick", action="store_true", help="in less than a second, with fewer tries")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace, out: Output) -> int:
    from app.doctor import as_json, check, told
    from app.texts import Texts

    where = args.share
    if where is None:
        if not args.profile.attached:
            raise UserError("Name the folder to try out: --share WHERE.")
        where = args.profile.desk()["where"]
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
    out.emit(data, "\n".join([*lines, "", texts("doctor.ok" if data["ok"] else "doctor.not ok")]))
    return 0 if data["ok"] else 1
