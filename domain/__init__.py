"""The rules of the ladder. Standard library only: no clock, no ids, no input or output."""
