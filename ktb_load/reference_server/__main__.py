"""``python -m ktb_load.reference_server SYSTEM``: the same as ``ktb-load serve SYSTEM``."""

import argparse
import sys

from ktb_load.errors import AuthorError
from ktb_load.reference_server import command


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ktb_load.reference_server")
    command.add_arguments(parser)
    try:
        return command.run(parser.parse_args())
    except AuthorError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)


if __name__ == "__main__":
    sys.exit(main())
