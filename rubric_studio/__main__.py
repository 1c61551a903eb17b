"""Let `python -m rubric_studio` do what the command `rubric-studio` does."""

import sys

if __name__ == "__main__":
    from rubric_studio.cli import main

    sys.exit(main())
