"""Commands about scores: figures, reports, what if."""
