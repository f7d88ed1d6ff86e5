"""Scores over HTTP (R12): figures, ranking, what is behind them, what changes and why."""
