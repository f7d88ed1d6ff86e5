"""`shouwen import`: past requests of another system, through the same rules into the journal."""
