"""Writes db/shapes.py from the models; run by whoever changes a table.

    python packaging/shapes.py update      write it
    python packaging/shapes.py check       say whether it is current (exit 1 when not)

The models say each table once. What the running program needs of them (columns, kinds, defaults, merge rules) is
written down as plain Python, because importing the object mapper costs half a second at every start and 40 MiB for as
long as the window is open; it is needed only to make or upgrade a replica.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import ColumnDefault, Table, UniqueConstraint

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db.models import SHARED, model_of  # noqa: E402 - the checkout comes first

TARGET = ROOT / "db" / "shapes.py"
HEAD = '''"""The shared tables as the running program needs them. Made from db/models by packaging/shapes.py.

One class per table, named like its model: the token that `Transaction.insert(Case, ...)` takes, with the columns that
travel in the log. `kinds` is what a column holds, `rules` how it merges where that is not "scalar", `defaults` what an
insert leaves out, `unique` the columns of uniqueness rules beyond the id.
"""

from __future__ import annotations

from typing import ClassVar, Final

Plain = int | float | str | bytes
Kinds = dict[str, type[Plain]]
Rules = dict[str, str]
Defaults = dict[str, Plain]


class Shape:
    """What a table is known by."""

    __tablename__: ClassVar[str]
    kinds: ClassVar[Kinds]
    rules: ClassVar[Rules] = {}
    defaults: ClassVar[Defaults] = {}
    unique: ClassVar[frozenset[str]] = frozenset()
'''


def source() -> str:
    """What db/shapes.py must contain, formatted."""
    parts = [HEAD]
    for name, table in SHARED.items():
        parts.append(_shape(name, table))
    parts.append("\nSHARED: Final[dict[str, type[Shape]]] = {")
    parts += [f'    "{name}": {model_of(name).__name__},' for name in SHARED]
    parts.append('}\n"""Every table that travels in the shared log, parents before children."""\n')
    made = "\n".join(parts)
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "-", "--stdin-filename", str(TARGET)],
        input=made, capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT,
    )  # fmt: skip
    return formatted.stdout


def _shape(name: str, table: Table) -> str:
    columns = [c for c in table.columns if not c.info.get("local") and c.name != "id"]
    kinds = {c.name: int if c.type.python_type is bool else c.type.python_type for c in columns}
    rules = {c.name: "folded" if c.info.get("folded") else c.info.get("merge", "scalar") for c in columns}
    scalars = {c.name: c.default.arg for c in columns if isinstance(c.default, ColumnDefault) and c.default.is_scalar}
    ruled = {column.name for c in table.constraints if isinstance(c, UniqueConstraint) for column in c.columns}
    ruled |= {column.name for index in table.indexes if index.unique for column in index.columns}
    lines = [
        f"\nclass {model_of(name).__name__}(Shape):",
        f'    __tablename__ = "{name}"',
        "    kinds: ClassVar[Kinds] = {",
    ]
    lines += [f'        "{column}": {kind.__name__},' for column, kind in kinds.items()]
    lines.append("    }")
    for title, values in (
        ("rules", {k: v for k, v in rules.items() if v != "scalar"}),
        ("defaults", {k: kinds[k](v) for k, v in scalars.items()}),
    ):
        if values:
            lines.append(f"    {title}: ClassVar[{title.title()}] = {values!r}")
    if ruled - {"id"}:
        lines.append(f"    unique: ClassVar[frozenset[str]] = frozenset({sorted(ruled - {'id'})!r})")
    return "\n".join(lines) + "\n"


def main(verb: str) -> int:
    """Write or check. Returns the exit code."""
    wanted = source()
    if verb == "update":
        TARGET.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != wanted:
        print("db/shapes.py is not what the models say; run `python packaging/shapes.py update`.")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "check"):
        sys.exit("usage: shapes.py update | check")
    sys.exit(main(sys.argv[1]))
