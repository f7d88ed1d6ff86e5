"""Town files: from CSV, GeoJSON and TOML to the domain's values, with every fault found.
Nothing here asks a database or prints.
"""

from cli.town.read import Town, read_town
from domain.papers.findings import Finding

__all__ = ["Finding", "Town", "read_town"]
