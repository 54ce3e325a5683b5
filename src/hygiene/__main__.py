"""`python -m hygiene` is the command `hygiene`."""

from hygiene.cli.boundary import main

if __name__ == "__main__":
    main()
