"""Start Rubric Studio from a checkout: `python main.py`, the same as the command `rubric-studio`.

Worker processes may import this file again, so it does nothing unless it is the program itself.
"""

if __name__ == "__main__":
    import multiprocessing
    import sys

    multiprocessing.freeze_support()  # in a frozen program the workers start through this very file

    from rubric_studio.cli import main

    sys.exit(main())
