"""Lets ``python -m quotes`` run the command line."""

from quotes.cli import main

if __name__ == "__main__":
    main()
