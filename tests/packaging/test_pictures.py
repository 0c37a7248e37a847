"""The pictures of the README can be made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]


def test_the_pictures_of_the_readme_are_made_again(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "packaging/pictures.py", str(tmp_path), "--readme", "--cases", "60"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = {file.name: QImage(str(file)) for file in tmp_path.iterdir()}
    assert made.keys() == {"queue-light-en.png", "queue-dark-de.png"}
    assert made.keys() <= {file.name for file in (ROOT / "docs" / "pictures").iterdir()}
    assert {(one.width(), one.height()) for one in made.values()} == {(1440, 900)}
    light, dark = (made[name].pixelColor(720, 880).lightness() for name in ("queue-light-en.png", "queue-dark-de.png"))
    assert light > 200
    assert dark < 60
