"""db/shapes.py says what the models say, and spares the running program the object mapper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from db.models import SHARED, model_of
from db.shapes import SHARED as SHAPES
from tests.desks import found_desk

ROOT = Path(__file__).resolve().parents[2]


def test_the_shapes_are_made_from_the_models_as_they_are_now():
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "shapes.py"), "check"],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_shape_is_named_like_its_model():
    assert list(SHAPES) == list(SHARED)
    assert [shape.__name__ for shape in SHAPES.values()] == [model_of(table).__name__ for table in SHARED]


def test_an_open_desk_works_without_the_object_mapper(tmp_path: Path):
    found_desk(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from app.desk import Desk; from app.profile import Profile; "
        "from app.work.cases import NewCase; "
        f"desk = Desk(Profile(Path({str(tmp_path / 'anna')!r}))); desk.cases.new(NewCase('A call', 2)); "
        "desk.sync_round(); desk.close(); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'sqlalchemy', 'alembic', 'reportlab'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
