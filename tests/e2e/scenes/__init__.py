"""Cases brought to where a command makes sense, and what to send there; one module a chapter."""

from tests.e2e.scenes import (
    declining,
    delegation,
    deliberation,
    disputes,
    ladder,
    merging,
    officers,
    proactive,
    redress,
    residents,
    returns,
    shelving,
    whistle,
    withdrawing,
)
from tests.e2e.scenes.base import Ask, Headers, Scene, opened, scene

CHAPTERS = (
    *(declining, delegation, deliberation, disputes, ladder, merging, officers, proactive, redress),
    *(residents, returns, shelving, whistle, withdrawing),
)
"""Importing them puts their scenes into `scene.makers`."""

__all__ = ["CHAPTERS", "Ask", "Headers", "Scene", "opened", "scene"]
