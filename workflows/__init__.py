"""Temporal workflows: they put commands in line and keep the clocks. No rule lives here."""
