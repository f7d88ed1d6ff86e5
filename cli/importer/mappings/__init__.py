"""The mappings that ship with the program, by name. A new one is a module here and a line below."""

from collections.abc import Callable, Mapping

from cli.importer.base import CaseMapping
from cli.importer.mappings.la311 import LosAngeles

MAPPINGS: Mapping[str, Callable[[], CaseMapping]] = {"la311": LosAngeles}
