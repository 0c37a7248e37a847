"""Writes the two hash-pinned locks from pyproject.toml; run by whoever changes a dependency, never by users.

The development lock is resolved first and constrains the other, so both name the same versions. Neither
names a package index: the machine that installs decides where packages come from, the hashes decide which
files will do.

    python -m pip install uv
    python packaging/lock.py [--upgrade] [--upgrade-package NAME]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "packaging/requirements.txt"
DEVELOPMENT = "packaging/requirements-dev.txt"
# One lock for every system (--universal) and for every Python from the oldest one supported.
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header"),
)


def main(options: list[str]) -> int:
    """Write both locks; `options` go to uv (--upgrade, ...). Returns 0, or the failed step's code."""
    compile_lock = [sys.executable, "-m", "uv", *COMPILE, "pyproject.toml", "--group", "build"]
    for step in (
        [*compile_lock, "--group", "dev", "-o", DEVELOPMENT, *options],
        [*compile_lock, "-c", DEVELOPMENT, "-o", RUNTIME, *options],
    ):
        if code := subprocess.call(step, cwd=ROOT):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
