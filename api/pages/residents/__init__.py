"""Pages of residents, parties and partners: no account, a number and a code."""
