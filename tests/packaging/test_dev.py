"""packaging/dev.py from outside: a small clone, set up offline, moved, changed, broken."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.packaging.wheels import write_wheel

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "dev.py"
# Nobody listens on the port of "discard".
NO_NETWORK = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}

# A build backend of a few lines, so that the editable install needs nothing that isn't in the clone.
BACKEND = """
import sys
sys.path.insert(0, {tests!r})
from wheels import write_wheel

def build_editable(folder, config_settings=None, metadata_directory=None):
    return write_wheel(folder, "halldesk", "0.1.0", {{"halldesk.pth": {clone!r}}})
"""


class Clone:
    """A folder with packaging/dev.py, a project and locks that name packages from a folder of wheels."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder = folder
        self.wheels = wheels
        (folder / "packaging").mkdir(parents=True)
        wheels.mkdir()
        shutil.copy(SCRIPT, folder / "packaging")
        backend = BACKEND.format(tests=str(Path(__file__).parent), clone=str(folder))
        (folder / "backend.py").write_text(backend, encoding="utf-8")
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
            '[project]\nname = "halldesk"\nversion = "0.1.0"\n',
            encoding="utf-8",
        )

    def lock(self, file: str, versions: dict[str, str], wrong: str = "") -> None:
        """Write a lock of packages of one module each; the hash of the package `wrong` is not its own."""
        lines = []
        for name, version in versions.items():
            wheel = self.wheels / write_wheel(self.wheels, name, version, {f"{name}.py": f"at = '{version}'\n"})
            digest = hashlib.sha256(b"" if name == wrong else wheel.read_bytes()).hexdigest()
            lines += [f"{name}=={version} \\", f"    --hash=sha256:{digest}"]
        (self.folder / "packaging" / file).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def has_environment(self) -> Clone:
        """An environment made by hand, with the pip of the tests: what `venv` takes seconds to put into one."""
        options = ["--without-pip", str(self.folder / ".venv")]
        subprocess.run([sys.executable, "-m", "venv", *options], check=True, capture_output=True)
        pip = importlib.util.find_spec("pip")
        assert pip is not None
        assert pip.submodule_search_locations
        beside = self.folder.parent / "pip of the tests"
        shutil.copytree(pip.submodule_search_locations[0], beside / "pip")
        packages = next((self.folder / ".venv").glob("[Ll]ib*/**/site-packages"))
        (packages / "pip.pth").write_text(f"{beside}\n", encoding="utf-8")
        return self

    def run(self, *arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
        """Run dev.py offline, with packages from the folder of wheels unless told otherwise."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        pip = surroundings or {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        if sys.platform != "win32":
            clean["PATH"] = str(
                self.wheels
            )  # no apt-get here: a test installs nothing on the machine of whoever runs it
        return subprocess.run(
            [sys.executable, str(self.folder / "packaging" / "dev.py"), *arguments],
            env={**clean, "PIP_CONFIG_FILE": os.devnull, **pip},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def installed(self, module: str) -> str:
        """Version of a package in the clone's environment, or "" where it can't be imported."""
        python = self.folder / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        asked = subprocess.run(
            [python, "-c", f"import {module}; print({module}.at)"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return asked.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    if sys.platform == "win32" and importlib.util.find_spec("venv") is None:
        pytest.skip("the embeddable Python for Windows has no venv")
    made = Clone(tmp_path / "a clone with spaces", tmp_path / "wheels")
    made.lock("requirements.txt", {"gear": "1.0"})
    made.lock("requirements-dev.txt", {"gear": "1.0", "gauge": "2.0"})
    return made


@pytest.fixture
def dev(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module. What the type checker found out about Python's own library is kept for the next."""
    monkeypatch.setenv("MYPY_CACHE_DIR", str(tmp_path_factory.getbasetemp().parent / "types of the small projects"))
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_life_of_an_environment(clone: Clone) -> None:
    # Made from nothing.
    done = clone.run("setup")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Making the environment" in done.stdout
    assert (clone.installed("gear"), clone.installed("gauge")) == ("1.0", "")

    # Nothing to do: nothing is done, at once.
    started = time.monotonic()
    done = clone.run("setup", **NO_NETWORK)
    assert time.monotonic() - started < 3
    assert done.stdout.startswith("Ready: ")
    assert len(done.stdout.splitlines()) == 1

    # The tests' packages come on top and count for the program as well.
    done = clone.run("test", "--collect-only")
    assert "Installing 2 packages" in done.stdout
    assert "Making the environment" not in done.stdout
    assert done.returncode == 1, "the clone has no checks to run"
    assert clone.installed("gauge") == "2.0"
    assert len(clone.run("setup", **NO_NETWORK).stdout.splitlines()) == 1

    # A changed lock is followed without starting over.
    clone.lock("requirements.txt", {"gear": "1.1"})
    clone.lock("requirements-dev.txt", {"gear": "1.1", "gauge": "2.0"})
    done = clone.run("setup")
    assert "Installing 1 packages" in done.stdout
    assert "Making the environment" not in done.stdout
    assert clone.installed("gear") == "1.1"

    # A file that is not the locked one is refused, and the next run does not believe it is there.
    clone.lock("requirements.txt", {"gear": "1.2"}, wrong="gear")
    for _ in range(2):
        done = clone.run("setup")
        assert done.returncode == 1
        assert done.stderr == (
            "The packages could not be installed: a downloaded file is not the locked one; "
            "check where pip downloads from.\n"
        )
    assert clone.installed("gear") == "1.1"


def test_a_moved_clone_gets_a_new_environment(clone: Clone, tmp_path: Path) -> None:
    done = clone.has_environment().run("setup")
    assert (done.returncode, "Making the environment" in done.stdout) == (0, False), done.stderr
    clone.folder = clone.folder.rename(tmp_path / "moved")
    done = clone.run("setup")
    assert "Making the environment" in done.stdout
    assert clone.installed("gear") == "1.0"
    stamp = json.loads((clone.folder / ".venv" / "halldesk-setup.json").read_text(encoding="utf-8"))
    assert stamp["folder"] == str(clone.folder)


def test_without_network_one_sentence_says_so(clone: Clone) -> None:
    done = clone.has_environment().run("setup", **NO_NETWORK)
    assert done.returncode == 1
    assert done.stderr == (
        "The packages could not be installed: the download failed; "
        "check the network or the proxy, then run the same command again.\n"
    )
    assert clone.run("setup").returncode == 0


def test_a_package_that_the_index_lacks_is_named(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = clone.has_environment().run("setup", PIP_NO_INDEX="1", PIP_FIND_LINKS=(tmp_path / "empty").as_uri())
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "no file of gear==1.0 was found" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["install"], ["setup", "now"]])
def test_an_unknown_verb_shows_the_usage(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: dev.py setup | demo")
    assert len(done.stderr.splitlines()) == 1


def test_an_older_python_is_told_in_one_line() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    pretend = "import sys; sys.version_info = (3, 9, 2); exec(compile(sys.stdin.read(), 'dev.py', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", pretend], input=source, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Halldesk needs Python 3.11 or newer; this is Python 3.9.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all it needs")
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt-get here, whoever runs this
    monkeypatch.setattr(dev, "LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.7": "libnowhere7"})
    with pytest.raises(dev.SetupError) as caught:
        dev.provide_system_parts(environment_is_made=True)
    assert str(caught.value) == (
        "The system lacks libnowhere.so.7. On Debian or Ubuntu type this, then run the same command again:\n"
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libnowhere7"
    )


def small_project(folder: Path, files: dict[str, str]) -> None:
    """The project's settings over four floors with next to nothing in them, and `files` (path -> source)."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "packaging").mkdir()
    shutil.copy(SCRIPT, folder / "packaging")
    for package in ("app", "db", "resources", "ui", "tests"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text(f'"""{package}."""\n', encoding="utf-8")
    (folder / "tests" / "test_sum.py").write_text(
        '"""Sums."""\n\n\ndef test_sum() -> None:\n    assert sum([1, 1]) == 2\n', encoding="utf-8"
    )
    for path, source in files.items():
        (folder / path).write_text(textwrap.dedent(source), encoding="utf-8")


def run_checks(dev: ModuleType, folder: Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    vars(dev).update(ROOT=folder, VENV=Path(sys.prefix))
    if not dev.venv_program("lint-imports").exists():
        pytest.skip("this Python has no lint-imports beside it")
    provided: list[str] = []
    code = dev.test(["-n0", "-p", "no:cacheprovider"], lambda: provided.append("what some tests need"))
    assert len(provided) == 1
    return code, capfd.readouterr().out


def test_all_checks_pass_on_a_sound_project(dev: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    small_project(tmp_path, {})
    code, output = run_checks(dev, tmp_path, capfd)
    assert code == 0, output
    assert output.partition("== summary")[2].count(" passed ") == 6


def test_each_check_bites(dev: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    small_project(
        tmp_path,
        {
            "db/upwards.py": '"""Knows what it must not."""\n\nimport app.sqlite\n\nprint(app.sqlite)\n',
            "app/window.py": '"""Qt below ui."""\n\nfrom PySide6 import QtCore\n\nprint(QtCore)\n',
            "app/sqlite.py": '"""A driver outside db."""\n\nimport sqlite3\n\nprint(sqlite3)\n',
            "app/engine.py": '''\
                """An engine outside db."""

                from sqlalchemy import create_engine

                engine = create_engine("sqlite://")
                ''',
            "ui/rows.py": '"""Rows in a widget."""\n\nfrom sqlalchemy import orm\n\nprint(orm)\n',
            "app/system.py": '"""One system only."""\n\nimport os\n\nprint(os.geteuid())\n',
            "app/types.py": '"""Wrong type."""\n\nnumber: int = "1"\n',
            "app/shape.py": '"""Unformatted."""\n\nnumber = [1,2]\n',
            "tests/test_bad.py": '"""Fails."""\n\n\ndef test_bad() -> None:\n    assert not sum([1])\n',
        },
    )
    code, output = run_checks(dev, tmp_path, capfd)
    assert code == 1
    assert output.partition("== summary")[2].count(" FAILED ") == 6
    assert "`sqlalchemy.create_engine` is banned: Engines are opened in db/ only." in output
    assert output.count(" BROKEN") == 4
    assert "db is not allowed to import app" in output
    assert "app.window -> PySide6" in output
    assert "ui.rows -> sqlalchemy" in output
    assert "app.sqlite -> sqlite3" in output
    assert 'has no attribute "geteuid"' in output
    assert "1 failed, 1 passed" in output


def test_the_tests_keep_their_files_in_memory_where_there_is_plenty_and_nobody_says_otherwise(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    container = tmp_path / "container"
    container.mkdir()
    monkeypatch.delenv("TMPDIR", raising=False)
    vars(dev).update(MEMORY=tmp_path, CONTAINER=container, ROOM_IN_MEMORY=1, SPARE_MEMORY=1)
    with dev.place_for_files() as place:
        if sys.platform != "linux":
            assert place == {}
            return
        folder = Path(place["TMPDIR"])
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o001, "the servers among the tests have users of their own"
        (folder / "left behind").write_text("a test's", encoding="utf-8")
    assert not folder.exists()

    def refused(**now: object) -> bool:
        with monkeypatch.context() as patch:
            for name, value in now.items():
                patch.setattr(dev, name, value)
            with dev.place_for_files() as place:
                return not place

    assert refused(ROOM_IN_MEMORY=2**60)
    assert refused(SPARE_MEMORY=2**60)
    assert refused(MEMORY=tmp_path / "missing")
    statvfs = os.statvfs

    def for_files_only(path: Path) -> SimpleNamespace:
        found = statvfs(path)
        told = {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}
        return SimpleNamespace(**{**told, "f_flag": found.f_flag | os.ST_NOEXEC})

    with monkeypatch.context() as patch:
        patch.setattr(os, "statvfs", for_files_only)
        assert refused(), "programs can't lie there"
    # A container may be allowed less than the machine has.
    (container / "memory.max").write_text("max\n", encoding="ascii")
    assert not refused()
    (container / "memory.max").write_text("4000\n", encoding="ascii")
    (container / "memory.current").write_text("3000\n", encoding="ascii")
    assert not refused(SPARE_MEMORY=1000)
    assert refused(SPARE_MEMORY=1001)
    (container / "memory.max").unlink()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert refused()


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    command = "python3 packaging/dev.py test"
    assert f"exec {command} " in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
