"""What a resident can do with a receipt and a rating link, and what nobody can do for them."""

from typing import Any

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import Opened, at_first_contact, opened, resolved

GOOD = {"contacted": True, "solved": True, "grade": 5}


async def rating_link(office: Office, case: Opened) -> dict[str, str]:
    found = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    link: dict[str, str] = found["rating"]
    return link


async def rate(office: Office, case_id: str, secret: str, **changes: Any) -> Any:
    return await office.post(
        f"/api/v1/cases/{case_id}/rating",
        {**GOOD, **changes},
        {"Authorization": f"Rating {secret}"},
    )


# -- the receipt ---------------------------------------------------------------


@pytest.mark.parametrize("query", ["secret", "receipt", "authorization", "Authorization"])
@pytest.mark.parametrize("scheme", ["", "Receipt "])
async def test_a_receipt_in_the_address_opens_nothing(
    office: Office, query: str, scheme: str
) -> None:
    case = await opened(office)
    answer = await office.http.get(
        f"/api/v1/cases/{case.case_id}", params={query: f"{scheme}{case.secret}"}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("part", ["", "/timeline"])
async def test_a_wrong_receipt_opens_nothing_and_does_not_say_whether_the_case_exists(
    office: Office, part: str
) -> None:
    mine, other = await opened(office), await opened(office)
    told = []
    for case_id, secret in (
        (mine.case_id, other.secret),
        (mine.case_id, "guess"),
        (mine.case_id, "é" * 40),
        ("SW-0000-0000-0000", mine.secret),
    ):
        headers = {"Authorization": f"Receipt {secret}".encode()}
        answer = await office.http.get(
            f"/api/v1/cases/{case_id}{part}",
            headers=headers,  # type: ignore[arg-type]
        )
        told.append((answer.status_code, answer.json()))
    assert told[0][0] == 404
    assert all(one == told[0] for one in told)


async def test_a_wrong_receipt_sends_no_command(office: Office) -> None:
    mine, other = await opened(office), await opened(office)
    for kind in ("withdraw", "remind"):
        answer = await office.command(mine.case_id, other.receipt, kind)
        assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
    assert len(await office.events(mine.case_id)) == 2


async def test_the_receipt_is_not_in_the_journal_nor_in_any_view(office: Office) -> None:
    case = await opened(office)
    staff = await office.case(case.case_id)
    assert case.secret not in str(staff) + str(await office.events(case.case_id))


@pytest.mark.parametrize("kind", ["accept", "hand_over", "resolve", "reveal", "assign"])
async def test_a_resident_does_nothing_that_is_for_staff(office: Office, kind: str) -> None:
    case = await opened(office)
    fields = {"resolve": {"text": "好了"}, "reveal": {"reason": "看看"}}.get(kind, {})
    answer = await office.command(case.case_id, case.receipt, kind, **fields)
    assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")


async def test_a_resident_cannot_open_a_case_at_the_counter(office: Office) -> None:
    answer = await office.open_case(channel="counter")
    assert (answer.status_code, answer.json()["code"]) == (403, "channel_needs_staff")


async def test_clocks_are_for_staff_only(office: Office) -> None:
    case = await opened(office)
    answer = await office.http.get(f"/api/v1/cases/{case.case_id}/clocks", headers=case.receipt)
    assert answer.status_code == 401


# -- what they see -------------------------------------------------------------


async def a_long_story(office: Office) -> Opened:
    """A case with many hands on it, ready to be rated."""
    case = await opened(office)
    organisation = (await office.book()).organisation
    names = "、".join(person.name for person in organisation.people.values())
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "hand_over", text=names)
    await office.in_charge(case.case_id, "assign", post_id="liuyinli-2-gw-2", text=names)
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "record_progress", text=names)
    await office.in_charge(case.case_id, "reveal", reason=names)
    await office.in_charge(case.case_id, "escalate", reason="beyond_means", text=names)
    await office.in_charge(case.case_id, "accept")
    seen = await office.events(case.case_id)
    hands = "、".join({event["by"]["name"] for event in seen if event["post_id"]})
    await office.in_charge(
        case.case_id, "resolve", text=f"{hands}已清理，电话19912345678", evidence=["photo-1"]
    )
    return case


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_resident_reads_plain_words_without_names_or_ids_of_staff(
    office: Office, language: str
) -> None:
    case = await a_long_story(office)
    organisation = (await office.book()).organisation
    told = ""
    for part in ("", "/timeline"):
        url = f"/api/v1/cases/{case.case_id}{part}?lang={language}"
        answer = await office.http.get(url, headers=case.receipt)
        assert answer.status_code == 200
        told += answer.text
    people = organisation.people.values()
    assert not [p for p in people if p.name in told or f'"{p.person_id}"' in told]
    assert not [p for p in people if p.login in told]
    assert not [post for post in organisation.posts if post in told]
    assert "1234567" not in told
    assert "case." not in told
    lines = (await office.get(f"/api/v1/cases/{case.case_id}/timeline", case.receipt))["events"]
    assert all(line["words"] and "{" not in line["words"] for line in lines)


# -- reminding -----------------------------------------------------------------


async def test_a_second_reminder_is_told_when_the_next_one_is_possible(office: Office) -> None:
    case = await opened(office)
    first = await office.command(case.case_id, case.receipt, "remind")
    assert first.status_code == 200
    second = await office.command(case.case_id, case.receipt, "remind")
    found = second.json()
    assert (second.status_code, found["code"]) == (409, "reminded_recently")
    assert found["rule"] == "R4.6"
    assert found["details"]["again_from"] > first.json()["timeline"][-1]["at"]


async def test_staff_do_not_remind_in_the_residents_place(office: Office) -> None:
    case = await at_first_contact(office)
    answer = await office.ask("yang-xiaolin", case.case_id, "remind")
    assert (answer.status_code, answer.json()["code"]) == (403, "resident_only")


# -- rating --------------------------------------------------------------------


async def test_there_is_no_rating_link_before_the_case_is_resolved(office: Office) -> None:
    assert await rating_link(office, await opened(office)) is None


async def test_the_receipt_of_a_case_opened_by_staff_shows_no_rating_link(office: Office) -> None:
    assert await rating_link(office, await resolved(office)) is None


async def test_a_rating_is_given_once_and_stays(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    link = await rating_link(office, case)
    first = await rate(office, case.case_id, link["secret"])
    assert first.status_code == 200, first.text
    second = await rate(office, case.case_id, link["secret"], grade=1)
    found = second.json()
    assert (second.status_code, found["code"]) == (409, "already_rated")
    assert found["rule"] == "R9.3"
    rated = [e for e in await office.events(case.case_id) if e["kind"] == "case.rated"]
    assert [event["data"]["grade"] for event in rated] == [5]
    assert await rating_link(office, case) is None


async def test_the_link_of_another_case_rates_nothing(office: Office) -> None:
    mine = await resolved(office, by_resident=True)
    other = await resolved(office, by_resident=True)
    link = await rating_link(office, other)
    answer = await rate(office, mine.case_id, link["secret"])
    assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
    early = await opened(office)
    assert (await rate(office, early.case_id, link["secret"])).status_code == 404


async def test_the_rating_link_does_nothing_but_rate(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    link = await rating_link(office, case)
    headers = {"Authorization": f"Rating {link['secret']}"}
    answer = await office.command(case.case_id, headers, "withdraw")
    assert answer.status_code == 401
    looked = await office.http.get(f"/api/v1/cases/{case.case_id}", headers=headers)
    assert looked.status_code == 401


async def test_nobody_rates_without_the_link_and_learns_nothing_about_the_case(
    office: Office,
) -> None:
    case = await resolved(office, by_resident=True)
    handler_id = (await office.case(case.case_id))["handler"]["id"]
    staff = await office.as_person(handler_id)
    for headers in (staff, case.receipt, {}):
        told = []
        for case_id in (case.case_id, "SW-0000-0000-0000"):
            answer = await office.post(f"/api/v1/cases/{case_id}/rating", GOOD, headers)
            told.append((answer.status_code, answer.json()))
        assert told[0][0] == 401
        assert told[0] == told[1]


async def test_staff_cannot_rate_whatever_headers_they_add(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    staff = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    url = f"/api/v1/cases/{case.case_id}/rating"
    for extra in (
        {"Shouwen-Post": "resident"},
        {"X-Forwarded-User": "resident"},
        {"X-HTTP-Method-Override": "POST"},
        {"Cookie": "shouwen_session=x"},
    ):
        answer = await office.post(url, GOOD, {**staff, **extra})
        assert answer.status_code == 401, answer.text
    kind = await office.command(case.case_id, staff, "rate", **GOOD)
    assert kind.status_code == 422
    assert (await office.case(case.case_id))["phase"] == "awaiting_rating"


async def test_the_receipt_a_clerk_has_seen_takes_nothing_back_by_itself(office: Office) -> None:
    seen, own = await at_first_contact(office), await opened(office)
    for case in (seen, own):
        answer = await office.command(case.case_id, case.receipt, "withdraw", text="不用了")
        assert answer.status_code == 200, answer.text
    waiting, over = await office.case(seen.case_id), await office.case(own.case_id)
    assert ([q["kind"] for q in waiting["questions"]], waiting["closed_at"]) == (
        ["withdrawal"],
        None,
    )
    assert over["closing"] == "withdrawn"


async def test_a_withdrawal_that_staff_recorded_is_seen_and_denied_by_the_resident(
    office: Office,
) -> None:
    case = await at_first_contact(office)
    await office.in_charge(case.case_id, "withdraw", text="居民来电撤回")
    asked = (await office.case(case.case_id))["questions"]
    assert [question["kind"] for question in asked] == ["withdrawal"]
    timeline = await office.get(f"/api/v1/cases/{case.case_id}/timeline", case.receipt)
    assert timeline["events"][-1]["words"] == "撤诉已记录，待上级核实"
    kept = await office.command(case.case_id, case.receipt, "keep", text="我没有撤诉")
    assert kept.json()["timeline"][-1]["words"] == "居民表示未撤诉，继续办理"
    after = await office.case(case.case_id)
    assert (after["questions"], after["closed_at"]) == ([], None)
