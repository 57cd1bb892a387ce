"""`python -m toolkit` is the command `toolkit`."""

from toolkit.commands.main import main

if __name__ == "__main__":
    main()
