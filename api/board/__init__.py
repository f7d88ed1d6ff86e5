"""The board over HTTP: how many open cases stand at which unit and stage, overdue first."""
