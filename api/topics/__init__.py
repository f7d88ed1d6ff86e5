"""Topics (每月一题) over HTTP: what is reported again and again, where, and who could settle it."""
