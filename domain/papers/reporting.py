"""The reports of policy.toml: when they are due, and how far down the tree they go."""

from domain.papers.findings import listed, quoted
from domain.papers.sections import Section
from domain.reporting import DOWN_TO, Reports


def read_reports(section: Section) -> Reports:
    """The numbers of reports; what is wrong becomes a finding."""
    return Reports(
        after_days=section.whole("after_days", range(1, 61)),
        down_to=_rung(section),
        catch_up=section.whole("catch_up", range(1, 61)),
    )


def _rung(section: Section) -> str:
    value = section.data.get("down_to", DOWN_TO[0])
    if value not in DOWN_TO:
        section.error("down_to", f"= {quoted(value)} is not known; use one of {listed(DOWN_TO)}")
        return DOWN_TO[0]
    return str(value)
