"""Alembic's folder: one file for each step, expand first, contract later."""
