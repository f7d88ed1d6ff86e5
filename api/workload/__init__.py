"""Workload over HTTP: who is there for what waits, and where people are missing."""
