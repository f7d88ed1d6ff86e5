"""Pages of those who work on cases: worklist, case, opening one."""
