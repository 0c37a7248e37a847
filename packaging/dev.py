"""From a bare clone to a running program or test suite, with nothing but Python 3.11 or newer.

    python3 packaging/dev.py setup              make .venv with the command `halldesk`
    python3 packaging/dev.py demo [options]     setup, then `halldesk demo`
    python3 packaging/dev.py test [options]     setup, then all checks; options go to pytest

On Windows: `py packaging/dev.py ...`. Only the standard library is used, as nothing else is there yet. In
this order:

1. Python itself: new enough, and able to make an environment (Debian keeps that part in a package apart).
2. The system's libraries that Qt needs, on Linux: each is tried by loading it. What is missing is installed
   by apt when this runs as root, or the line to type is printed. For `test` also a file server (Samba) and a
   browser, if apt may: beside the first checks, which don't need them.
3. .venv: made once, made anew when Python or the folder changed.
4. The locked packages, every file checked against its hash; wheels only, so that nothing is built from
   unchecked sources. Then the program itself, editable.
5. A stamp in .venv says what was installed from which files. While it is right, steps 3 and 4 are skipped.
6. The job.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

# Imports and syntax up to here and below are understood by older versions, which end at this line.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Halldesk needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "halldesk-setup.json"
PROJECT = ROOT / "pyproject.toml"
RUNTIME = ROOT / "packaging" / "requirements.txt"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.txt"  # names everything of RUNTIME in the same versions
WINDOWS = sys.platform == "win32"

# File that Qt loads -> Debian package that has it. The first eight are needed even without a screen.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What pip and apt write when the network, a proxy or a name server is the trouble.
NETWORK_TROUBLE = (
    "Failed to establish a new connection",
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "Network is unreachable",
    "Connection refused",
    "Connection reset",
    "Connection aborted",
    "ConnectTimeout",
    "ReadTimeout",
    "Read timed out",
    "Connection timed out",
    "ProxyError",
    "SSLError",
    "Could not connect to",
    "Failed to fetch",
)

# Where Linux keeps files in memory, and how much must be free there and altogether for the tests to do so too: they
# need 0.4 GB at once, and each test process about as much for itself.
MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 2**30
SPARE_MEMORY = 4 * 2**30
CONTAINER = Path("/sys/fs/cgroup")

USAGE = "usage: dev.py setup | demo [options of halldesk demo] | test [options of pytest]"


class SetupError(Exception):
    """Setup can't go on; the message is what the person should read, ending in what to do."""


# --- 1. and 2.: what the system must have ---


def can_make_environments() -> bool:
    """False on a Debian that has Python without its package for environments."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(module) is not None for module in ("venv", "ensurepip"))


def missing_libraries() -> list[str]:
    """Those of LIBRARIES that can't be loaded here; none on other systems, where Qt brings all it needs."""
    missing = []
    for library in LIBRARIES if sys.platform == "linux" else ():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    return missing


def missing_parts(environment_is_made: bool) -> dict[str, str]:
    """What the system lacks, in words for a person -> the Debian package that has it."""
    missing = {library: LIBRARIES[library] for library in missing_libraries()}
    if not environment_is_made and not can_make_environments():
        version = sys.version_info
        missing["Python's part for making environments"] = f"python{version.major}.{version.minor}-venv"
    return missing


def provide_system_parts(environment_is_made: bool) -> None:
    """Steps 1 and 2. Raises SetupError with the line to type where this may not install anything."""
    missing = missing_parts(environment_is_made)
    if not missing:
        return
    packages = sorted(missing.values())
    if WINDOWS:
        raise SetupError(
            "This Python lacks the part for making environments (the embeddable package is like that); "
            "install Python from python.org or the Microsoft Store, then run the same command again."
        )
    if not may_use_apt():
        raise SetupError(
            f"The system lacks {', '.join(missing)}. On Debian or Ubuntu type this, then run the same "
            "command again:\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends "
            + " ".join(packages)
        )
    apt_install(packages)
    missing = missing_parts(environment_is_made)
    if missing:
        raise SetupError(f"The system still lacks {', '.join(missing)}, though {' '.join(packages)} is installed.")


def may_use_apt() -> bool:
    """True where Debian packages can be installed without asking anybody."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return False
    return any((Path(folder) / "apt-get").exists() for folder in os.get_exec_path())


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, as root. Raises SetupError."""
    print("Installing system packages: " + " ".join(packages), flush=True)
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
    ):
        # Another installation may be at work: wait for its lock instead of failing.
        code, output = run_quietly([*command, "-o", "DPkg::Lock::Timeout=300"], surroundings)
        if code:
            raise explained("The system packages could not be installed", output)


def provide_for_tests() -> None:
    """What some tests need and are skipped without."""
    provide_samba()
    provide_browser()


def provide_samba() -> None:
    """A file server for the tests that speak SMB, which are skipped where there is none. It is not started: the tests
    start their own."""
    if shutil.which("smbd") is not None or not may_use_apt():
        return
    # Debian starts what it installs unless this file says no.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        policy.chmod(0o755)
    try:
        apt_install(["samba"])
    except SetupError as error:
        print(f"{error}\nThe tests on a real file server will be skipped.", file=sys.stderr)
    finally:
        if ours:
            policy.unlink()


def provide_browser() -> None:
    """A browser for the tests that read the exported pages in one; they are skipped where there is none."""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))) or not may_use_apt():
        return
    try:
        apt_install(["chromium"])
    except SetupError as error:
        print(f"{error}\nThe tests in a real browser will be skipped.", file=sys.stderr)


# --- 3., 4. and 5.: the environment ---


def venv_program(name: str) -> Path:
    """Path of a program in .venv."""
    return VENV / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise SetupError(f"{file.relative_to(ROOT)} is missing: this is not a complete clone.") from None


def python_kind() -> str:
    """What compiled packages depend on, e.g. cpython-311-linux-x86_64."""
    return f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"


def read_stamp() -> dict[str, str]:
    """What the last setup wrote; empty when there was none or it can't be read."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def environment_fits(stamp: dict[str, str]) -> bool:
    """True if .venv has pip and was made by this kind of Python in this folder (its programs name it)."""
    if not venv_program("python").exists():
        return False
    if stamp:
        return stamp.get("python") == python_kind() and stamp.get("folder") == str(ROOT)
    # Made by hand or by an interrupted setup: ask it.
    question = "import pip, sys, sysconfig; print(f'{sys.implementation.cache_tag}-{sysconfig.get_platform()}')"
    code, output = run_quietly([str(venv_program("python")), "-c", question])
    return code == 0 and output.strip() == python_kind()


def make_environment() -> None:
    """Step 3: an empty .venv. Raises SetupError."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise SetupError("The environment .venv must be made anew: run this with the system's own Python.")
    print("Making the environment .venv", flush=True)
    code, output = run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if code:
        raise explained("The environment .venv could not be made", output)


def install_lock(lock: Path) -> None:
    """Step 4, the packages. Raises SetupError."""
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    print(f"Installing {total} packages (the first time takes a few minutes)", flush=True)
    pip(["--require-hashes", "--only-binary=:all:", "--progress-bar=off", "-r", str(lock)], total)


def install_project() -> None:
    """Step 4, the program itself: its builder is in the lock already, so nothing is fetched."""
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)])


def pip(options: list[str], total: int = 0) -> None:
    """Run pip install in .venv, counting up to `total` packages on a terminal. Raises SetupError."""
    command = [str(venv_program("python")), "-m", "pip", "--no-input", "--disable-pip-version-check"]
    counted = 0
    lines = []
    with subprocess.Popen(
        [*command, "install", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Collecting ") and sys.stdout.isatty():
                counted += 1
                name = line.split()[1].partition("==")[0]
                print(f"\r  {counted} of at most {total}: {name:<40}", end="", flush=True)
    if counted:
        print()
    if process.returncode:
        raise explained("The packages could not be installed", "".join(lines))


def set_up(lock: Path) -> None:
    """Steps 1 to 5 for one of the two locks. Raises SetupError."""
    stamp = read_stamp()
    fits = environment_fits(stamp)
    provide_system_parts(fits)
    installed = stamp if fits else {}
    wanted = {lock.name: digest(lock), PROJECT.name: digest(PROJECT)}
    # A right stamp for the development lock covers the other, which it contains.
    if lock == RUNTIME and installed.get(DEVELOPMENT.name) == digest(DEVELOPMENT):
        del wanted[lock.name]
    due = {name for name, value in wanted.items() if installed.get(name) != value}
    if not due:
        return
    if not fits:
        make_environment()
    # While this is under way the old stamp must not pass for the truth.
    STAMP.unlink(missing_ok=True)
    if lock.name in due:
        install_lock(lock)
        installed.pop(DEVELOPMENT.name, None)
    if PROJECT.name in due:
        install_project()
    stamp = {**installed, **wanted, "python": python_kind(), "folder": str(ROOT)}
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8", newline="\n")


# --- running other programs ---


def run_quietly(command: list[str], surroundings: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a program in the clone and return its exit code and all that it wrote."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def printable(text: str) -> str:
    """`text` with question marks for what can't be written here: Windows may have its old characters only."""
    characters = sys.stdout.encoding or "ascii"
    return text.encode(characters, "replace").decode(characters)


def explained(what: str, output: str) -> SetupError:
    """The error for a failed step: one sentence where the reason is known, else the end of what it wrote."""
    if "DO NOT MATCH THE HASHES" in output:
        return SetupError(f"{what}: a downloaded file is not the locked one; check where pip downloads from.")
    if any(sign in output for sign in NETWORK_TROUBLE):
        return SetupError(
            f"{what}: the download failed; check the network or the proxy, then run the same command again."
        )
    missing = re.search(r"No matching distribution found for (\S+)", output)
    if missing:
        return SetupError(
            f"{what}: no file of {missing[1]} was found for {python_kind()}; check where pip downloads from, "
            "or use Python 3.11, 3.12 or 3.13."
        )
    if "No space left on device" in output:
        return SetupError(f"{what}: the disk is full; make room (about 1 GB), then run this again.")
    return SetupError(f"{what}:\n" + "\n".join("    " + line for line in output.strip().splitlines()[-15:]))


def workers() -> int:
    """How many test processes: one per processor this process may use, at most eight."""
    usable = os.cpu_count() or 1
    if sys.platform == "linux":
        usable = len(os.sched_getaffinity(0))
    return min(usable, 8)


def demo(options: list[str]) -> int:
    """Open the program on its demonstration data. Returns its exit code."""
    return subprocess.call([str(venv_program("python")), "-m", "ui", "demo", *options], cwd=ROOT)


@contextmanager
def place_for_files() -> Iterator[dict[str, str]]:
    """Where the tests keep their files, as variables of their surroundings: in memory where there is plenty of it.

    The tests commit a quarter of a million times and wait for the disk each time, which proves the disk. The calls are
    the same, and whoever asks for another place (TMPDIR) gets it.
    """
    if "TMPDIR" in os.environ or not room_in_memory():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="halldesk-tests-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # the servers among the tests run as users of their own, who must get through
        yield {"TMPDIR": folder}


def room_in_memory() -> bool:
    """True where files in memory hold what the tests write without taking it from the programs, and where programs may
    lie among them (many containers forbid it)."""
    if sys.platform != "linux":
        return False
    try:
        free = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK) else 0
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        spare = int(told["MemAvailable"].split()[0]) * 1024
        limit = CONTAINER / "memory.max"
        most = limit.read_text(encoding="ascii").strip() if limit.exists() else "max"
        if most != "max":
            spare = min(spare, int(most) - int((CONTAINER / "memory.current").read_text(encoding="ascii")))
        return free >= ROOM_IN_MEMORY and spare >= SPARE_MEMORY and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    except (OSError, KeyError, ValueError):
        return False


def test(options: list[str], meanwhile: Callable[[], None]) -> int:
    """Run every check, the later ones also when an earlier one failed. Returns 0 if all passed, else 1.

    What looks at the sources runs two at a time and is shown when it is done, and `meanwhile` beside it; then the tests
    have the machine.
    """
    python = str(venv_program("python"))
    mypy = [python, "-m", "mypy"]
    other = "linux" if WINDOWS else "win32"
    looks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": mypy,
        # Calls that only exist on one system show up without a machine of the other kind.
        f"mypy for {other}": [*mypy, f"--platform={other}", f"--cache-dir=.mypy_cache/{other}"],
        "import contracts": [str(venv_program("lint-imports"))],
    }
    # Whole files go to a process; which of them first is said in tests/conftest.py.
    spread = ["-n", str(workers()), "--dist=loadfile", "--no-loadscope-reorder"]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Hundreds of processes of the program are started; each would compile all of it again.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    results = []

    def look(command: list[str]) -> tuple[int, str, float]:
        started = time.monotonic()
        code, output = run_quietly(command, {**surroundings, "PYTHONIOENCODING": "utf-8"})
        return code, output, time.monotonic() - started

    with ThreadPoolExecutor(1) as aside, ThreadPoolExecutor(2) as two:
        provided = aside.submit(meanwhile)
        under_way = {name: two.submit(look, command) for name, command in looks.items()}
        for name, one in under_way.items():
            code, output, seconds = one.result()
            print(f"\n== {name}\n{printable(output)}", end="", flush=True)
            results.append((name, code, seconds))
        provided.result()
    print("\n== pytest", flush=True)
    started = time.monotonic()
    with place_for_files() as place:
        code = subprocess.call([python, "-m", "pytest", *spread, *options], cwd=ROOT, env={**surroundings, **place})
    results.append(("pytest", code, time.monotonic() - started))
    print("\n== summary")
    for name, code, seconds in results:
        print(f"{name:<18}{'passed' if code == 0 else 'FAILED':<8}{seconds:6.1f} s")
    return int(any(code for _, code, _ in results))


def main(arguments: list[str]) -> int:
    """Do one verb. Returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    verb, options = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in ("setup", "demo", "test") or (verb == "setup" and options):
        print(
            "usage: dev.py setup | demo [options of halldesk demo] | test [options of pytest]",
            file=sys.stderr,
        )
        return 2
    try:
        set_up(DEVELOPMENT if verb == "test" else RUNTIME)
        if verb == "demo":
            return demo(options)
        if verb == "test":
            return test(options, provide_for_tests)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; run the same command again to go on.", file=sys.stderr)
        return 130
    print(f"Ready: {venv_program('halldesk').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
