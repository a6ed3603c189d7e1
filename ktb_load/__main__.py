"""``python -m ktb_load`` is ``ktb-load``."""

import sys

from ktb_load.cli import main

if __name__ == "__main__":
    sys.exit(main())
