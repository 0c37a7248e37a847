"""The command `halldesk`: without arguments the window opens, with a verb it is the command line.

Here it only says which version is installed; the verbs arrive with app/cli.py.
"""

from importlib.metadata import version


def main() -> int:
    """Print the installed version. Returns the exit code 0."""
    print(f"halldesk {version('halldesk')}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
