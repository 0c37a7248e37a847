"""`python -m ui`: the same as the command `halldesk`."""

from ui.command import main

if __name__ == "__main__":
    raise SystemExit(main())
