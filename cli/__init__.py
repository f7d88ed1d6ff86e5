"""The command line: a client like any other. Nothing else in the program may import it."""
