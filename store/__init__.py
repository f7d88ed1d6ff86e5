"""PostgreSQL: the journal, its sealed form, the views folded from it, and the books."""
