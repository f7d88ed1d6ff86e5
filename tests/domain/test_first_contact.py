"""R1: whoever receives the resident owns the reception; "not our business" is not an outcome."""

from dataclasses import replace

import pytest

from domain.case import initial
from domain.commands import Accept, Contact, HandOver, Place, Register, Source
from domain.events import Accepted, Arrived, HandedOver, Registered
from domain.values import RESIDENT as THE_RESIDENT
from domain.values import By, External, Party
from domain.words import CaseType, Channel, ClockKind, Phase, Stage, Urgency
from tests.domain.story import (
    BO,
    CLOCK,
    GAO,
    HU,
    MEI,
    RESIDENT,
    Story,
    at_the_grid,
    by,
    event,
    given,
    importer,
    received,
    request,
    staff,
)
from tests.domain.town import POSTS, local, town, without

EMPTY = given()
MEI_AT_THE_COUNTER = By(person_id="mei", post_id="clerk-bridge", unit_id="bridge")
IMPORTED = Source(system="12345", reference="A-1", status="open", channel="hotline")


# -- register ----------------------------------------------------------------


@pytest.mark.rule("R1.3")
def test_staff_who_receive_a_resident_have_the_case_in_their_hands_at_once() -> None:
    story = EMPTY.when(by(MEI, "03-02 09:00", Register, **request())).then(
        event(Registered, by=MEI_AT_THE_COUNTER, officer=MEI_AT_THE_COUNTER, department_id="works"),
        event(Arrived, stage=Stage.FIRST_CONTACT, unit_id="bridge", person_id="mei", accepted=True),
    )
    assert story.case.phase is Phase.IN_PROGRESS
    assert story.clock(ClockKind.HANDLE).due_at == local("03-02 17:30")
    assert story.clock(ClockKind.RESIDENT).due_at == local("03-20 17:30")


@pytest.mark.rule("R1.1")
def test_the_versions_of_the_book_are_written_into_the_case() -> None:
    versions = received().last(Registered).versions
    assert versions.policy == "policy-1"
    assert versions.catalogue == "catalogue-1"
    assert versions.organisation == "organisation-1"
    assert versions.calendar == "calendar-1"


@pytest.mark.rule("R1.2")
def test_a_case_from_an_unattended_channel_waits_at_its_duty_desk() -> None:
    web = request(channel=Channel.WEB)
    story = EMPTY.when(by(RESIDENT, "03-02 09:00", Register, **web)).then(
        event(Registered, by=THE_RESIDENT, officer=MEI_AT_THE_COUNTER),
        event(Arrived, stage=Stage.FIRST_CONTACT, person_id="mei", accepted=False),
    )
    assert story.case.phase is Phase.AWAITING_ACCEPTANCE
    assert story.clock(ClockKind.ACCEPT).due_at == local("03-02 11:00")


@pytest.mark.rule("R1.2")
def test_a_colleague_may_accept_for_the_duty_clerk_who_stays_the_officer() -> None:
    web = request(channel=Channel.WEB)
    story = given(by(RESIDENT, "03-02 09:00", Register, **web))
    after = story.when(by(BO, "03-02 09:05", Accept)).then(event(Accepted, person_id="bo"))
    assert after.case.officer.person_id == "mei"
    assert after.case.stint.person_id == "bo"


@pytest.mark.rule("R7.1")
def test_a_dispute_names_its_other_parties() -> None:
    dispute = request(case_type=CaseType.DISPUTE, parties=(Contact(name="李", phone="139"),))
    story = EMPTY.when(by(MEI, "03-02 09:00", Register, **dispute)).then(Registered, Arrived)
    assert story.last(Registered).parties == (Party(subject="party-1", name="李", phone="139"),)


@pytest.mark.rule("R1.1")
def test_an_imported_case_keeps_its_identity_and_the_promise_made_elsewhere() -> None:
    source = replace(IMPORTED, promised_at=local("03-05 12:00"))
    story = EMPTY.when(by(importer("mei"), "03-02 09:00", Register, **request(source=source))).then(
        event(
            Registered,
            external=External(system="12345", reference="A-1", status="open", channel="hotline"),
        ),
        Arrived,
    )
    assert story.clock(ClockKind.RESIDENT).due_at == local("03-05 12:00")


@pytest.mark.rule("R1.1")
def test_a_promise_already_past_is_broken_at_the_next_stroke_of_the_clock() -> None:
    source = replace(IMPORTED, promised_at=local("03-01 12:00"))
    story = given(by(importer("mei"), "03-02 09:00", Register, **request(source=source)))
    resident = story.at("03-02 09:01").running(ClockKind.RESIDENT)
    assert resident.broken_at == local("03-02 09:00:01")


@pytest.mark.rule("R6.7")
def test_an_urgent_item_is_an_emergency_whatever_the_form_says() -> None:
    story = received("burst")
    assert story.case.urgency is Urgency.EMERGENCY
    assert story.clock(ClockKind.ON_SITE).due_at == local("03-02 11:00")
    assert story.clock(ClockKind.HANDLE).due_at == local("03-02 09:30")
    assert story.clock(ClockKind.RESIDENT).due_at == local("03-03 09:00")


@pytest.mark.rule("R6.7")
def test_the_form_can_make_any_item_an_emergency() -> None:
    story = received("noise", urgency=Urgency.EMERGENCY)
    assert story.clock(ClockKind.ON_SITE).due_at == local("03-02 11:00")


@pytest.mark.rule("R1.1")
def test_a_case_is_registered_once() -> None:
    received().when(by(MEI, "03-02 09:01", Register, **request())).then_refused(
        "case_exists", "R1.1", case="case-1"
    )


@pytest.mark.rule("R7.1")
def test_a_dispute_without_another_party_is_refused() -> None:
    dispute = request(case_type=CaseType.DISPUTE)
    EMPTY.when(by(MEI, "03-02 09:00", Register, **dispute)).then_refused("parties_missing", "R7.1")


@pytest.mark.rule("R1.1")
@pytest.mark.parametrize("who", [MEI, RESIDENT])
def test_only_the_importer_may_name_another_system_as_the_source(who: object) -> None:
    imported = request(source=IMPORTED)
    command = by(MEI, "03-02 09:00", Register, **imported)
    EMPTY.when(replace(command, actor=who)).then_forbidden("importer_only", "R1.1")  # type: ignore[arg-type]
    EMPTY.when(by(MEI, "03-02 09:00", Register, **imported)).then_refused("importer_only", "R1.1")


@pytest.mark.rule("R2.1")
def test_a_matter_that_is_not_in_the_catalogue_is_refused() -> None:
    EMPTY.when(by(MEI, "03-02 09:00", Register, **request("dragons"))).then_refused(
        "unknown_item", "R2.1", item="dragons"
    )


@pytest.mark.rule("R2.1")
def test_a_place_in_a_unit_that_does_not_exist_is_refused() -> None:
    place = Place(unit_id="atlantis")
    EMPTY.when(by(MEI, "03-02 09:00", Register, **request(place=place))).then_refused(
        "unknown_unit", "R2.1", unit="atlantis"
    )


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("channel", [Channel.COUNTER, Channel.PHONE, Channel.PATROL])
def test_a_resident_cannot_register_alone_where_staff_receive(channel: Channel) -> None:
    EMPTY.when(by(RESIDENT, "03-02 09:00", Register, **request(channel=channel))).then_forbidden(
        "channel_needs_staff", "R1.2"
    )
    EMPTY.when(by(RESIDENT, "03-02 09:00", Register, **request(channel=channel))).then_refused(
        "channel_needs_staff", "R1.2", channel=channel
    )


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("channel", [Channel.MICRO_BLOG])
def test_a_channel_without_a_duty_post_says_so(channel: Channel) -> None:
    EMPTY.when(by(RESIDENT, "03-02 09:00", Register, **request(channel=channel))).then_refused(
        "no_duty_clerk", "R1.2", channel=channel
    )


@pytest.mark.rule("§2")
def test_the_system_does_not_receive_residents() -> None:
    EMPTY.when(by(CLOCK, "03-02 09:00", Register, **request())).then_refused("staff_only", "§2")


@pytest.mark.rule("§2")
@pytest.mark.parametrize("person", ["ma", "an", "ao"])
def test_posts_that_do_not_receive_residents_cannot_register(person: str) -> None:
    EMPTY.when(by(staff(person), "03-02 09:00", Register, **request())).then_refused(
        "not_entitled", "§2", need="a post that receives residents"
    )


@pytest.mark.rule("§2")
def test_nobody_registers_with_an_expired_post() -> None:
    EMPTY.when(by(staff("kong"), "03-02 09:00", Register, **request())).then_refused(
        "no_valid_post", "§2"
    )


# -- hand over ---------------------------------------------------------------


@pytest.mark.rule("R1.3")
def test_the_officer_hands_over_to_the_rung_the_catalogue_names() -> None:
    for item, stage, unit in (
        ("noise", Stage.GRID, "orchard-1"),
        ("stairs", Stage.COMMUNITY, "orchard"),
        ("road", Stage.STREET, "bridge"),
        ("bill", Stage.DEPARTMENT, "water"),
    ):
        story = (
            received(item)
            .when(by(MEI, "03-02 09:30", HandOver, text="请办理"))
            .then(
                event(HandedOver, by=MEI_AT_THE_COUNTER, text="请办理"),
                event(Arrived, stage=stage, unit_id=unit, accepted=False, passed=()),
            )
        )
        assert story.case.officer.person_id == "mei"


@pytest.mark.rule("R1.3")
def test_handing_over_starts_an_acceptance_clock_and_leaves_the_residents_alone() -> None:
    before, after = received(), at_the_grid()
    assert after.clock(ClockKind.ACCEPT).due_at == local("03-02 11:30")
    assert after.clock(ClockKind.RESIDENT) == before.clock(ClockKind.RESIDENT)
    assert after.case.running(ClockKind.HANDLE) is None


def test_units_where_nobody_can_answer_are_passed_and_named() -> None:
    place = Place(unit_id="orchard-2")
    received(place=place).when(by(MEI, "03-02 09:30", HandOver)).then(
        HandedOver, event(Arrived, stage=Stage.COMMUNITY, person_id="cao", passed=("orchard-2",))
    )


@pytest.mark.rule("R1.3")
def test_a_matter_the_catalogue_starts_at_first_contact_still_goes_up_when_handed_over() -> None:
    received("counter").when(by(MEI, "03-02 09:30", HandOver)).then(
        HandedOver, event(Arrived, stage=Stage.GRID, unit_id="orchard-1")
    )


@pytest.mark.rule("R2.1")
def test_an_item_gone_from_the_catalogue_goes_to_the_lowest_rung() -> None:
    received("road").under(town(items=())).when(by(MEI, "03-02 09:30", HandOver)).then(
        HandedOver, event(Arrived, stage=Stage.GRID)
    )


@pytest.mark.rule("R1.3")
def test_a_case_is_handed_over_once() -> None:
    at_the_grid().when(by(GAO, "03-02 09:40", HandOver)).then_refused(
        "not_at_first_contact", "R1.3", stage="grid"
    )


@pytest.mark.rule("R1.3")
def test_a_case_nobody_accepted_cannot_be_handed_over() -> None:
    given(by(RESIDENT, "03-02 09:00", Register, **request(channel=Channel.WEB))).when(
        by(MEI, "03-02 09:05", HandOver)
    ).then_refused("not_in_progress", "R1.3", phase="awaiting_acceptance")


@pytest.mark.rule("R1.1")
def test_with_nobody_on_any_rung_the_officer_keeps_the_case() -> None:
    received("forest").when(by(MEI, "03-02 09:30", HandOver)).then_refused(
        "no_one_in_charge", "R4.4", department="forestry"
    )


@pytest.mark.rule("R1.3")
def test_only_the_post_in_charge_hands_over() -> None:
    received().when(by(HU, "03-02 09:30", HandOver)).then_forbidden("not_entitled", "§2")


# -- before there is a case --------------------------------------------------


@pytest.mark.rule("R1.1")
def test_nothing_can_be_done_to_a_case_that_does_not_exist() -> None:
    EMPTY.when(by(GAO, "03-02 09:00", Accept)).then_refused("no_such_case", "R1.1", case="case-1")


@pytest.mark.rule("R1.2")
def test_a_duty_clerk_who_is_away_turns_nobody_away() -> None:
    away = ((local("03-02 00:00"), local("03-03 00:00")),)
    clerks = {"clerk-bridge", "clerk-bridge-2"}
    one = [replace(p, absences=away) if p.post_id == "clerk-bridge" else p for p in POSTS]
    both = [replace(p, absences=away) if p.post_id in clerks else p for p in POSTS]
    web = by(RESIDENT, "03-02 09:00", Register, **request(channel=Channel.WEB))
    story = Story(initial("case-1"), town(posts=one))
    story.when(web).then(Registered, event(Arrived, post_id="clerk-bridge-2"))
    story.under(town(posts=both)).when(web).then(Registered, event(Arrived, post_id="clerk-city"))
    nobody = without("clerk-bridge", "clerk-bridge-2", "clerk-city")
    story.under(town(posts=nobody)).when(web).then_refused("no_duty_clerk", "R1.2")


@pytest.mark.rule("R7.1", "R9.2")
def test_a_request_has_no_parties() -> None:
    parties = (Contact(name="友", phone="139"),)
    EMPTY.when(by(MEI, "03-02 09:00", Register, **request(parties=parties))).then_refused(
        "parties_of_a_request", "R7.1"
    )
