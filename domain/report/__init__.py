"""Reports of units (R12.6): what a period came to, written once and corrected by editions."""
