"""The wordings of policy.toml: texts that staff may begin with, by the step that they are for."""

from domain.papers.findings import listed, quoted
from domain.papers.sections import Section, Source
from domain.policy import Wording

TABLE = "wordings"
STEPS = (
    *("record_progress", "resolve", "decline", "suspend", "request_extension", "escalate"),
    *("return", "shelve", "answer_supervision", "review_decline", "adjudicate", "decide_extension"),
    *("decide_shelving", "review_rating", "reconsider", "decide_appeal", "decide_objection"),
    *("summon", "report_in", "record_help", "release", "open_mediation", "record_session"),
    *("draft_agreement", "fail_mediation", "check_duty", "propose_deliberation", "record_meeting"),
    "publish_deliberation",
)
"""Steps whose text others read; each begins with what is so in the case."""
MOST = 100


def read_wordings(source: Source) -> tuple[Wording, ...]:
    """All of them, in their order; what is wrong becomes a finding."""
    found = source.elements(TABLE)
    if len(found) > MOST:
        found[MOST].error("", f"is one too many; at most {MOST} are offered")
    return tuple(_wording(each) for each in found[:MOST])


def _wording(section: Section) -> Wording:
    section.only(("step", "name", "name_en", "text"))
    return Wording(
        step=_step(section),
        name=section.text("name"),
        name_en=section.text("name_en"),
        text=section.text("text"),
    )


def _step(section: Section) -> str:
    value = section.data.get("step", STEPS[0])
    if value not in STEPS:
        section.error("step", f"= {quoted(value)} is not known; use one of {listed(STEPS)}")
        return STEPS[0]
    return str(value)
