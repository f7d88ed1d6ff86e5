"""R13, agency service: a resident lets one member of staff act for them."""

from dataclasses import replace

import pytest

from domain.commands import (
    Actor,
    AuthoriseAgent,
    Contact,
    GiveBack,
    Join,
    Merge,
    RecordAgencyStep,
    Resolve,
    RevokeAgent,
    Split,
    Withdraw,
)
from domain.events import (
    AgencyEnded,
    AgencyResumed,
    AgencyStepTaken,
    AgentAuthorised,
    Closed,
    Event,
    Merged,
    MergeUndone,
    ResidentLeft,
)
from domain.notices import notices
from domain.values import By
from domain.words import ActorKind, Channel, Urgency
from domain.words.proactive import AgencyEnd, Authorised
from tests.domain.quarrel import quarrel
from tests.domain.story import (
    BO,
    CAO,
    CLOCK,
    GAN,
    GAO,
    GUO,
    MEI,
    RESIDENT,
    XU,
    Story,
    by,
    event,
    in_gaos_hands,
    received,
)
from tests.domain.together import LEAD, alone
from tests.domain.town import POSTS, local, town

pytestmark = pytest.mark.rule("R13")

CAO_ACTS = {"post_id": "community-orchard", "text": "代办高龄津贴"}
SPOKEN = {**CAO_ACTS, "how": Authorised.IN_PERSON, "documents": ("身份证复印件", "户口簿")}
SHOWN = {**CAO_ACTS, "how": Authorised.BY_RECEIPT}
HU = By(person_id="hu", post_id="clerk-hills", unit_id="hills")
ENDED = replace(
    next(p for p in POSTS if p.post_id == "community-orchard"), valid_until=local("03-02 12:00")
)
STEP = {"text": "已到窗口递交", "documents": ("受理单",)}


def authorised() -> Story:
    return in_gaos_hands().and_then(by(MEI, "03-02 10:30", AuthoriseAgent, **SPOKEN))


def told(story: Story, kind: type[Event]) -> set[str]:
    found = notices(story.case, story.case, story.last(kind), story.book)
    return {f"{notice.to} {notice.recipient}" for notice in found}


def test_the_resident_names_an_agent_by_receipt_or_by_a_word_the_officer_records() -> None:
    for who, said in ((RESIDENT, SHOWN), (MEI, SPOKEN), (GAO, SPOKEN)):
        story = (
            in_gaos_hands()
            .when(by(who, "03-02 10:30", AuthoriseAgent, **said))
            .then(event(AgentAuthorised, person_id="cao", how=said["how"]))
        )
        assert story.case.agency is not None
        assert told(story, AgentAuthorised) == {"person cao", "person mei", "resident reporter"}


def test_without_a_name_it_is_the_officer_they_know() -> None:
    said = {"text": "代办", "how": Authorised.BY_RECEIPT}
    in_gaos_hands().when(by(RESIDENT, "03-02 10:30", AuthoriseAgent, **said)).then(
        event(AgentAuthorised, person_id="mei", post_id="clerk-bridge")
    )


def test_how_it_was_said_is_how_it_came() -> None:
    for who, how in ((RESIDENT, Authorised.BY_PHONE), (MEI, Authorised.BY_RECEIPT)):
        in_gaos_hands().when(
            by(who, "03-02 10:30", AuthoriseAgent, **{**SHOWN, "how": how})
        ).then_refused("not_how_it_was_said", "R13")


def test_who_cannot_be_an_agent() -> None:
    for post_id in ("nobody", "admin-city", "grid-away"):
        in_gaos_hands().when(
            by(MEI, "03-02 10:30", AuthoriseAgent, **{**SPOKEN, "post_id": post_id})
        ).then_refused("no_such_agent", "R13", post=post_id)


def test_others_record_no_authority() -> None:
    in_gaos_hands().when(by(BO, "03-02 10:30", AuthoriseAgent, **SPOKEN)).then_forbidden(
        "not_entitled", "§2"
    )


def test_one_agent_at_a_time() -> None:
    authorised().when(by(RESIDENT, "03-02 11:00", AuthoriseAgent, **SHOWN)).then_refused(
        "agent_already_named", "R13", post="community-orchard"
    )


def test_where_the_agent_has_left_the_resident_names_another() -> None:
    """Cao's post ended on Monday at noon."""
    left = [p if p.post_id != "community-orchard" else ENDED for p in POSTS]
    story = authorised().under(town(posts=left))
    said = {**SPOKEN, "post_id": "grid-1"}
    story.when(by(MEI, "03-02 14:00", AuthoriseAgent, **said)).then(
        event(AgencyEnded, person_id="cao", reason=AgencyEnd.LEFT),
        event(AgentAuthorised, person_id="gao"),
    )


def test_nobody_acts_for_a_resident_who_is_not_there_or_once_it_is_done() -> None:
    unasked = received(channel=Channel.PATROL, reporter=Contact())
    unasked.when(by(MEI, "03-02 10:30", AuthoriseAgent, **SPOKEN)).then_refused(
        "no_resident", "R13"
    )
    done = in_gaos_hands().and_then(by(GAO, "03-02 10:30", Resolve, text="已办"))
    done.when(by(MEI, "03-02 11:00", AuthoriseAgent, **SPOKEN)).then_refused("not_open", "R13")


def test_only_the_resident_of_the_case_names_an_agent_and_never_in_a_dispute() -> None:
    joins = {"residents": 1, "officer": HU, "urgency": Urgency.NORMAL}
    others = in_gaos_hands().and_then(by(CLOCK, "03-02 10:20", Join, case_id="SW-2", **joins))
    joined = Actor(kind=ActorKind.RESIDENT, subject="SW-2")
    others.when(by(joined, "03-02 10:30", AuthoriseAgent, **SHOWN)).then_forbidden(
        "reporter_only", "R13"
    )
    named = others.and_then(by(MEI, "03-02 10:30", AuthoriseAgent, **SPOKEN))
    named.when(by(joined, "03-02 10:40", RevokeAgent, how=Authorised.BY_RECEIPT)).then_forbidden(
        "reporter_only", "R13"
    )
    assert told(named, AgentAuthorised) == {"person cao", "person mei", "resident reporter"}
    quarrel().when(by(MEI, "03-02 10:30", AuthoriseAgent, **SPOKEN)).then_refused(
        "is_dispute", "R13"
    )


def test_the_agent_s_steps_are_events_and_the_last_one_delivers() -> None:
    story = (
        authorised().when(by(CAO, "03-02 14:00", RecordAgencyStep, **STEP)).then(AgencyStepTaken)
    )
    assert story.case.agency is not None
    assert story.case.agency.steps == 1
    done = story.when(
        by(CAO, "03-02 11:30", RecordAgencyStep, text="证件送到家", delivered=True)
    ).then(AgencyStepTaken, event(AgencyEnded, reason=AgencyEnd.DELIVERED))
    assert done.case.agency is None
    assert told(done, AgencyEnded) == {"person cao", "person mei", "resident reporter"}
    done.when(by(CAO, "03-02 11:40", RecordAgencyStep, **STEP)).then_refused("no_agent", "R13")


def test_only_the_person_named_records_steps_and_no_stand_in() -> None:
    for who in (MEI, GAO, GUO, RESIDENT):
        outcome = authorised().when(by(who, "03-02 14:00", RecordAgencyStep, **STEP))
        assert outcome.refused is not None
        assert outcome.refused.forbidden
    away = replace(
        next(p for p in POSTS if p.post_id == "community-orchard"),
        stand_in="gan",
        absences=((local("03-02 12:00"), local("03-09 12:00")),),
    )
    posts = [away if p.post_id == away.post_id else p for p in POSTS]
    authorised().under(town(posts=posts)).when(
        by(GAN, "03-02 14:00", RecordAgencyStep, **STEP)
    ).then_forbidden("not_the_agent", "R13")


def test_the_resident_takes_it_back_at_any_time_for_no_reason() -> None:
    story = (
        authorised()
        .when(by(RESIDENT, "03-02 11:00", RevokeAgent, how=Authorised.BY_RECEIPT))
        .then(event(AgencyEnded, reason=AgencyEnd.REVOKED, how=Authorised.BY_RECEIPT))
    )
    story.and_then(by(MEI, "03-02 11:10", AuthoriseAgent, **SPOKEN))
    authorised().and_then(by(MEI, "03-02 11:00", RevokeAgent, how=Authorised.BY_PHONE))
    done = authorised().and_then(by(GAO, "03-02 11:00", Resolve, text="已办"))
    done.and_then(by(RESIDENT, "03-02 12:00", RevokeAgent, how=Authorised.BY_RECEIPT))


def test_nobody_else_takes_it_back_and_not_twice() -> None:
    revoked = by(RESIDENT, "03-02 11:00", RevokeAgent, how=Authorised.BY_RECEIPT)
    authorised().when(by(CAO, "03-02 11:00", RevokeAgent, how=Authorised.IN_PERSON)).then_forbidden(
        "not_entitled", "§2"
    )
    authorised().and_then(revoked).when(
        by(RESIDENT, "03-02 11:10", RevokeAgent, how=Authorised.BY_RECEIPT)
    ).then_refused("no_agent", "R13")


def test_no_authority_outlives_its_case() -> None:
    authorised().when(by(RESIDENT, "03-02 11:00", Withdraw)).then(
        event(AgencyEnded, reason=AgencyEnd.CASE_CLOSED), Closed
    )
    joins = {"residents": 1, "officer": HU, "urgency": Urgency.NORMAL}
    others = authorised().and_then(by(CLOCK, "03-02 10:50", Join, case_id="SW-2", **joins))
    others.when(by(RESIDENT, "03-02 11:00", Withdraw)).then(
        event(AgencyEnded, reason=AgencyEnd.WITHDRAWN), ResidentLeft
    )
    over = authorised().and_then(by(GAO, "03-02 11:00", Resolve, text="已办"))
    ended = over.at("03-05 12:00").at("03-10 12:00")
    assert [e.reason for e in ended.all(AgencyEnded)] == [AgencyEnd.CASE_CLOSED]


# -- where the case is merged, and given back --------------------------------------


def merged() -> Story:
    return alone(authorised()).and_then(by(MEI, "03-02 11:00", Merge, lead_id=LEAD))


@pytest.mark.rule("R2.3")
def test_a_case_that_is_given_back_has_its_agent_again() -> None:
    alone(authorised()).when(by(MEI, "03-02 11:00", Merge, lead_id=LEAD)).then(
        Merged, event(AgencyEnded, reason=AgencyEnd.CASE_CLOSED), Closed
    )
    before = authorised().case.agency
    for undone in (
        by(CLOCK, "03-02 11:10", GiveBack, refusal="not_open"),
        by(XU, "03-02 11:10", Split, text="错并"),
    ):
        story = merged().when(undone).then(MergeUndone, event(AgencyResumed, person_id="cao"))
        assert story.case.agency == before
        assert told(story, AgencyResumed) == {"person cao", "person mei", "resident reporter"}
        story.and_then(by(CAO, "03-02 14:00", RecordAgencyStep, **STEP))


@pytest.mark.rule("R2.3")
def test_given_back_no_agent_acts_who_left_or_whom_the_resident_had_ended() -> None:
    posts = [ENDED if p.post_id == ENDED.post_id else p for p in POSTS]
    left = merged().under(town(posts=posts))
    left.when(by(XU, "03-02 14:00", Split, text="错并")).then(MergeUndone)
    revoked = authorised().and_then(
        by(RESIDENT, "03-02 10:50", RevokeAgent, how=Authorised.BY_RECEIPT)
    )
    again = alone(revoked).and_then(by(MEI, "03-02 11:00", Merge, lead_id=LEAD))
    again.when(by(XU, "03-02 11:10", Split, text="错并")).then(MergeUndone)
    gone = merged().and_then(by(RESIDENT, "03-02 11:05", Withdraw))
    gone.when(by(XU, "03-02 11:10", Split, text="错并")).then(MergeUndone, Closed)
