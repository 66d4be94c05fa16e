"""`python -m witnessmark`: the same as the `witnessmark` command."""

from __future__ import annotations

from witnessmark.cli.main import main

if __name__ == "__main__":
    main()
