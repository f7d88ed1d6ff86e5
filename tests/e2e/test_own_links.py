"""R5, R7, R9: pages behind links that were sent to one alone: to rate, to a party, to a partner."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from api.schemas.ratings import RatingBody
from tests.e2e.office import Office
from tests.e2e.resident import OURS, Resident, somebody
from tests.e2e.scenes.base import Opened, opened, resolved
from tests.e2e.scenes.disputes import MEDIATOR, asked, drafted, formed, must, settled
from tests.e2e.scenes.redress import rate
from tests.e2e.scenes.whistle import PARTNER, whistled
from tests.e2e.waiting import covered

WRONG = "a" * 24
ANSWERS = {"contacted": "yes", "solved": "no", "grade": "2"}


@pytest.fixture
async def resident(office: Office) -> AsyncIterator[Resident]:
    async with somebody(office) as found:
        yield found


async def rating_code(office: Office, case_id: str) -> str:
    return office.ring.rating_secret(case_id, (await office.case(case_id))["round"])


async def as_party(
    office: Office, resident: Resident, case: Opened, subject: str = "party-1"
) -> None:
    """At the dispute, by the link that this party was sent."""
    await resident.enter("party", case.case_id, office.ring.party_secret(case.case_id, subject))
    assert resident.path == f"/party/{case.case_id}"


async def says(resident: Resident, case: Opened, kind: str, **fields: str) -> str:
    await resident.go(f"/party/{case.case_id}/say/{kind}")
    await resident.send(f"/say/{kind}", **fields)
    return resident.text


# -- every door ------------------------------------------------------------------


@pytest.mark.parametrize("door", ["mine", "party", "rate", "help"])
async def test_a_door_says_nothing_of_a_case_and_holds_the_form_that_scripts_fill(
    office: Office, resident: Resident, door: str
) -> None:
    case = await opened(office, title="楼道灯不亮的楼道")
    there, nowhere = [
        (await resident.go(f"/{door}/{number}")).text.replace(number, "")
        for number in (case.case_id, "SW-0000-0000-0000")
    ]
    assert there == nowhere
    assert there.count("data-hash") == 1


@pytest.mark.parametrize("door", ["mine", "party", "rate", "help"])
@pytest.mark.parametrize("code", ["", WRONG, "short", "王", "\x00", "x" * 9000])
async def test_a_wrong_code_is_said_kindly(
    office: Office, resident: Resident, door: str, code: str
) -> None:
    case = await resolved(office)
    answer = await resident.enter(door, case.case_id, code)
    assert answer.status_code == 404
    assert "凭证码不对或已失效。请对照回执或短信，再试一次。" in resident.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("door", ["mine", "party", "rate", "help"])
async def test_a_code_from_another_site_is_not_taken(
    office: Office, resident: Resident, door: str
) -> None:
    case = await resolved(office)
    answer = await resident.http.post(f"/{door}/{case.case_id}", data={"code": case.secret})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_a_code_opens_its_own_door_alone(office: Office, resident: Resident) -> None:
    case = await resolved(office)
    code = await rating_code(office, case.case_id)
    await resident.enter("rate", case.case_id, code)
    assert resident.title == "请您评价"
    for door in ("mine", "party", "help"):
        assert (await resident.enter(door, case.case_id, code)).status_code == 404


# -- rating ----------------------------------------------------------------------


@pytest.mark.rule("R9.2")
async def test_by_the_link_three_questions_are_answered_and_the_proof_is_kept(
    office: Office, resident: Resident
) -> None:
    case = await resolved(office)
    await resident.enter("rate", case.case_id, await rating_code(office, case.case_id))
    assert "说已经办好。办没办好，由您说了算。" in resident.text
    names = {f.name for f in resident.form("/rating").fields} - {"_key"}
    assert names <= set(RatingBody.model_fields)
    assert resident.form("/rating").named("grade")[0].options == ["5", "4", "3", "2", "1"]
    await resident.send("/rating", **ANSWERS, text="还是不亮")
    assert "谢谢，您的评价已收到。" in resident.text
    (rated,) = [e["data"] for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    assert (rated["contacted"], rated["solved"], rated["grade"]) == (True, False, 2)
    await covered(office, case.case_id)
    proof = (await resident.http.get(f"/rate/{case.case_id}/proof")).json()
    assert [each["event"]["kind"] for each in proof["events"]][-1] == "case.rated"


@pytest.mark.rule("R9.2")
@pytest.mark.parametrize("missing", ["contacted", "solved", "grade"])
async def test_each_question_wants_its_answer(
    office: Office, resident: Resident, missing: str
) -> None:
    case = await resolved(office)
    await resident.enter("rate", case.case_id, await rating_code(office, case.case_id))
    for wrong in ("", "6", "maybe"):
        given = {**ANSWERS, missing: wrong, "text": "还是不亮"}
        answer = await resident.send("/rating", **given)
        assert answer.status_code == 422
        assert "请选一项。" in resident.text
        kept = {each.name: each.value for each in resident.form("/rating").fields}
        assert kept["text"] == "还是不亮"
        assert all(kept[name] == ANSWERS[name] for name in ANSWERS if name != missing)


@pytest.mark.rule("R9.3")
async def test_a_second_rating_of_a_round_is_none(office: Office, resident: Resident) -> None:
    case = await resolved(office)
    await resident.enter("rate", case.case_id, await rating_code(office, case.case_id))
    form = resident.form("/rating")
    await rate(office, case)
    answer = await resident.post(form, **ANSWERS)
    assert "您已评价，谢谢。" in answer.text
    rated = [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    assert len(rated) == 1


@pytest.mark.rule("R9.2")
async def test_the_same_rating_sent_twice_is_one(office: Office, resident: Resident) -> None:
    case = await resolved(office)
    await resident.enter("rate", case.case_id, await rating_code(office, case.case_id))
    form = resident.form("/rating")
    for _ in range(2):
        answer = await resident.post(form, **ANSWERS)
        assert answer.status_code == 200
    rated = [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    assert len(rated) == 1


@pytest.mark.rule("R9.2")
async def test_what_is_to_be_rated_is_told_to_whoever_shows_the_link(office: Office) -> None:
    case = await resolved(office)
    url = f"/api/v1/cases/{case.case_id}/rating"
    code = await rating_code(office, case.case_id)
    told = await office.get(url, {"Authorization": f"Rating {code}"})
    assert told["case"]["standing"]["to_rate"]
    assert told["case"]["standing"]["rate_until"]
    assert (await office.http.get(url, headers=case.receipt)).status_code == 401
    wrong = {"Authorization": f"Rating {WRONG}"}
    assert (await office.http.get(url, headers=wrong)).status_code == 404


# -- a party ---------------------------------------------------------------------


@pytest.mark.rule("R7.1")
async def test_a_party_sees_its_own_part_and_the_shared_one(
    office: Office, resident: Resident
) -> None:
    case = await asked(office)
    reporter = {"Authorization": f"Party {office.ring.party_secret(case.case_id, 'reporter')}"}
    await must(office, case.case_id, reporter, "give_consent", given=True, text="CANARY-OTHER")
    await as_party(office, resident, case)
    assert "您愿意调解吗？调解全凭自愿。" in resident.text
    for secret in ("CANARY-OTHER", "李家在楼道堆物", "王建国"):
        assert secret not in resident.page.text
    told = await says(resident, case, "give_consent", given="yes", matter="mediation")
    assert "您的答复已登记。" in told
    assert "各方都愿意调解" in told


@pytest.mark.rule("R7.1")
async def test_who_does_not_want_mediation_says_so(office: Office, resident: Resident) -> None:
    case = await asked(office)
    await as_party(office, resident, case)
    await says(resident, case, "give_consent", given="no", matter="mediation", text="没得谈")
    assert "的调解没有达成协议，由上一级继续处理。" in resident.text
    consents = [e for e in await office.events(case.case_id) if e["kind"] == "consent.refused"]
    assert [event["data"]["subject"] for event in consents] == ["party-1"]


@pytest.mark.rule("R7.2")
async def test_a_party_rejects_a_mediator_and_declares_a_relation(
    office: Office, resident: Resident
) -> None:
    case = await formed(office)
    await as_party(office, resident, case)
    assert "老党员" in resident.text
    told = await says(resident, case, "declare_relation", about="handler", relation="relative")
    assert "利害关系已登记。" in told or resident.page.status_code == 409
    told = await says(resident, case, "reject_mediator", seat="1")
    assert "已登记：请这位调解员回避。" in told
    left = [e["data"] for e in await office.events(case.case_id) if e["kind"] == "mediator.left"]
    assert [each["reason"] for each in left] == ["rejected"]


@pytest.mark.rule("R7.4")
async def test_a_party_reads_the_agreement_and_confirms_it(
    office: Office, resident: Resident
) -> None:
    case = await drafted(office)
    await as_party(office, resident, case)
    for words in ("李清理楼道，王不再投诉", "清理楼道", "前"):
        assert words in resident.text
    told = await says(resident, case, "confirm_agreement", confirmed="yes")
    assert "您对协议的答复已登记。" in told
    assert "您已确认。" in told
    async with somebody(office) as other:
        await as_party(office, other, case, "reporter")
        told = await says(other, case, "confirm_agreement", confirmed="yes")
        assert "已达成协议，协议已生效。" in told


@pytest.mark.rule("R7.4")
async def test_another_draft_by_now_is_not_confirmed_unseen(
    office: Office, resident: Resident
) -> None:
    case = await drafted(office)
    await as_party(office, resident, case)
    await resident.go(f"/party/{case.case_id}/say/confirm_agreement")
    form = resident.form("/say/confirm_agreement")
    answer = await resident.post(form, confirmed="yes", draft="7")
    assert answer.status_code == 409
    assert "请阅读最新草案后再表态。" in answer.text
    for wrong in ("", "x", "9" * 5000):
        assert (await resident.post(form, confirmed="yes", draft=wrong)).status_code == 422
    assert (await resident.post(form)).status_code == 422


@pytest.mark.rule("R7.3")
async def test_a_party_is_asked_for_more_time(office: Office, resident: Resident) -> None:
    case = await formed(office)
    more = {"amount": 5, "unit": "days"}
    mediator = await office.as_person(MEDIATOR)
    await must(office, case.case_id, mediator, "extend_mediation", extend_by=more)
    await as_party(office, resident, case)
    assert "调解员希望延长5天。" in resident.text
    await resident.go(f"/party/{case.case_id}/say/give_consent")
    assert resident.form("/say/give_consent").named("matter")[0].value == "longer"
    await resident.send("/say/give_consent", given="yes")
    assert "您的答复已登记。" in resident.text


@pytest.mark.rule("R7.1", "R7.5")
async def test_a_party_takes_its_consent_back_and_reports_danger(
    office: Office, resident: Resident
) -> None:
    case = await formed(office)
    await as_party(office, resident, case)
    assert "您已撤回同意。" in await says(resident, case, "withdraw_consent")
    told = await says(resident, case, "report_danger", text="扬言动手")
    assert "已按紧急情况通知。" in told
    assert (await office.case(case.case_id))["urgency"] == "emergency"


@pytest.mark.rule("R7.1")
async def test_the_receipt_a_clerk_has_seen_gives_no_consent(
    office: Office, resident: Resident
) -> None:
    case = await asked(office)
    await resident.open(case)
    url = f"/mine/{case.case_id}/say/give_consent"
    await resident.go(url)
    answer = await resident.send("/say/give_consent", given="yes")
    assert answer.status_code == 401
    assert "请使用您本人的当事人链接。" in resident.text


@pytest.mark.rule("R7.4")
async def test_what_is_agreed_stays_to_read(office: Office, resident: Resident) -> None:
    case = await settled(office, due=timedelta(days=10))
    await as_party(office, resident, case)
    assert "前申请法院司法确认" in resident.text


# -- a partner -------------------------------------------------------------------


@pytest.mark.rule("R5")
async def test_a_partner_reports_in_and_writes_down_what_it_did(
    office: Office, resident: Resident
) -> None:
    case = await whistled(office)
    code = office.ring.partner_secret(case.case_id, "summons-2", PARTNER)
    await resident.enter("help", case.case_id, code)
    assert "请疏导车辆" in resident.text
    await resident.send("/say/report_in", text="两名保安已到")
    assert "已记录。" in resident.text
    answer = await resident.send("/say/record_help", text="")
    assert answer.status_code == 422
    answer = await resident.send("/say/record_help", text="车" * 4001)
    assert answer.status_code == 422
    assert resident.form("/say/record_help").named("text")[0].value == "车" * 4001
    await resident.send("/say/record_help", text="已疏导车辆十二台")
    assert "已疏导车辆十二台" in resident.text
    done = [e["kind"] for e in await office.events(case.case_id)]
    assert {"helper.reported_in", "helper.help_recorded"} <= set(done)


@pytest.mark.rule("R5")
async def test_what_a_partner_cannot_do_is_not_done(office: Office, resident: Resident) -> None:
    case = await whistled(office)
    code = office.ring.partner_secret(case.case_id, "summons-2", PARTNER)
    url = f"/help/{case.case_id}/say"
    nobody = await resident.http.post(f"{url}/report_in", data={}, headers=OURS)
    assert "凭证码" in nobody.text
    await resident.enter("help", case.case_id, code)
    form = resident.form("/say/report_in")
    early = await resident.http.post(f"{url}/record_help", data={"text": "x"}, headers=OURS)
    assert early.status_code == 409
    assert (await resident.http.post(f"{url}/release", headers=OURS)).status_code == 422
    assert (await resident.http.post(f"{url}/report_in", data={})).status_code == 403
    for _ in range(2):
        assert (await resident.post(form)).status_code == 200
    kinds = [event["kind"] for event in await office.events(case.case_id)]
    assert kinds.count("helper.reported_in") == 1
