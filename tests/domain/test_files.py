"""Photos and documents: who may name a file in a case, and whose it is then (R3.1, R9.1, R14.4)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.book import Book
from domain.commands import (
    AddInformation,
    AuthoriseAgent,
    Rate,
    RecordProgress,
    Register,
    Resolve,
)
from domain.events import (
    AgentAuthorised,
    Closed,
    FileAttached,
    InformationAdded,
    ProgressRecorded,
    Rated,
    Resolved,
)
from domain.uploads import Content, Upload
from domain.words import Channel
from domain.words.files import Bringer
from domain.words.proactive import Authorised
from tests.domain.rated import resolved
from tests.domain.story import (
    GAO,
    GUO,
    MEI,
    RESIDENT,
    Story,
    by,
    event,
    given,
    in_gaos_hands,
    received,
    request,
)
from tests.domain.together import joined_by, of
from tests.domain.town import TOWN

pytestmark = pytest.mark.rule("R3.1", "R9.1")
PHOTO, OTHER = f"file-{'a' * 28}", f"file-{'b' * 28}"
CONTENT = Content(
    address="ad" * 32,
    media="image/jpeg",
    size=1000,
    width=40,
    height=30,
    digest="d1" * 32,
    opener="key",
    small="5a" * 32,
    small_opener="small key",
)
GAOS: dict[str, Any] = {"bringer": Bringer.STAFF, "person_id": "gao"}
RESIDENTS: dict[str, Any] = {
    "bringer": Bringer.RESIDENT,
    "case_id": "case-1",
    "subject": "reporter",
}
NOBODYS: dict[str, Any] = {"bringer": Bringer.NOBODY}


def with_upload(file: str = PHOTO, **whose: Any) -> Book:
    return replace(TOWN, uploads={file: Upload(file=file, content=CONTENT, **whose)})


def attached(story: Story) -> list[tuple[str, str, str]]:
    return [(each.file, each.of, each.subject) for each in story.all(FileAttached)]


def test_a_photo_of_what_was_done_becomes_part_of_the_case() -> None:
    story = (
        in_gaos_hands()
        .under(with_upload(**GAOS))
        .when(by(GAO, "03-02 11:00", RecordProgress, text="上门", evidence=(PHOTO,)))
        .then(event(ProgressRecorded, evidence=(PHOTO,)), event(FileAttached, file=PHOTO))
    )
    found = story.last(FileAttached)
    assert (found.of, found.subject, found.by.person_id) == ("case.progress_recorded", "", "gao")
    assert (found.address, found.digest, found.opener) == ("ad" * 32, "d1" * 32, "key")
    assert (found.small, found.small_opener, found.width, found.height) == (
        *("5a" * 32, "small key"),
        *(40, 30),
    )


def test_words_that_name_no_file_are_words() -> None:
    said = (
        "照片在卷宗里",
        "file-",
        f"file-{'a' * 27}",
        f"file-{'A' * 28}",
        f" {PHOTO}",
        f"{PHOTO}x",
    )
    (
        in_gaos_hands()
        .when(by(GAO, "03-02 11:00", RecordProgress, text="上门", evidence=said))
        .then(event(ProgressRecorded, evidence=said))
    )


def test_a_reference_nobody_was_given_is_refused() -> None:
    (
        in_gaos_hands()
        .under(with_upload(**GAOS))
        .when(by(GAO, "03-02 11:00", RecordProgress, text="上门", evidence=(PHOTO, OTHER)))
        .then_refused("file_unknown", "R9.1", file=OTHER)
    )


@pytest.mark.parametrize(
    "whose",
    [
        {"bringer": Bringer.STAFF, "person_id": "guo"},
        RESIDENTS,
        NOBODYS,
    ],
)
def test_staff_name_no_file_that_somebody_else_brought(whose: dict[str, Any]) -> None:
    (
        in_gaos_hands()
        .under(with_upload(**whose))
        .when(by(GAO, "03-02 11:00", Resolve, text="好了", evidence=(PHOTO,)))
        .then_refused("file_unknown", "R9.1", file=PHOTO)
    )


@pytest.mark.parametrize(
    "whose",
    [
        GAOS,
        {**RESIDENTS, "case_id": "case-2"},
        {**RESIDENTS, "subject": "party-1"},
        {"bringer": Bringer.STAFF},
    ],
)
def test_a_resident_names_no_file_of_another_case_another_party_or_of_staff(
    whose: dict[str, Any],
) -> None:
    (
        in_gaos_hands()
        .under(with_upload(**whose))
        .when(by(RESIDENT, "03-02 11:00", AddInformation, text="看照片", evidence=(PHOTO,)))
        .then_refused("file_unknown", "R9.1", file=PHOTO)
    )


@pytest.mark.parametrize("whose", [RESIDENTS, NOBODYS])
def test_what_a_resident_adds_is_the_residents(whose: dict[str, Any]) -> None:
    (
        in_gaos_hands()
        .under(with_upload(**whose))
        .when(by(RESIDENT, "03-02 11:00", AddInformation, text="看照片", evidence=(PHOTO,)))
        .then(
            InformationAdded,
            event(FileAttached, of="case.information_added", subject="reporter"),
        )
    )


def test_who_asks_for_nothing_may_not_name_a_file_either() -> None:
    """What the chapter refuses stays refused, and nothing is said of the file."""
    (
        in_gaos_hands()
        .under(with_upload(bringer=Bringer.STAFF, person_id="guo"))
        .when(by(GUO, "03-02 11:00", RecordProgress, text="上门", evidence=(PHOTO,)))
        .then_forbidden("not_entitled", "§2")
    )


def test_a_resident_reports_with_a_photo() -> None:
    book = with_upload(**NOBODYS)
    fields = request(channel=Channel.WEB, evidence=(PHOTO,))
    story = given(by(RESIDENT, "03-02 09:00", Register, **fields), book=book)
    assert attached(story) == [(PHOTO, "case.registered", "reporter")]
    assert isinstance(story.history[-1], FileAttached)


def test_a_photo_a_clerk_takes_at_the_counter_is_the_residents_as_their_words_are() -> None:
    book = with_upload(bringer=Bringer.STAFF, person_id="mei")
    fields = request(evidence=(PHOTO,))
    story = given(by(MEI, "03-02 09:00", Register, **fields), book=book)
    assert attached(story) == [(PHOTO, "case.registered", "reporter")]


def test_a_file_named_again_is_not_attached_again() -> None:
    first = by(GAO, "03-02 11:00", RecordProgress, text="上门", evidence=(PHOTO, PHOTO))
    story = in_gaos_hands().under(with_upload(**GAOS)).and_then(first)
    assert attached(story) == [(PHOTO, "case.progress_recorded", "")]
    (
        story.under(TOWN)
        .when(by(GAO, "03-02 12:00", Resolve, text="好了", evidence=(PHOTO,)))
        .then(event(Resolved, evidence=(PHOTO,)))
    )


def test_staff_do_not_pass_off_a_residents_photo_as_their_own_evidence() -> None:
    sent = by(RESIDENT, "03-02 11:00", AddInformation, text="看照片", evidence=(PHOTO,))
    (
        in_gaos_hands()
        .under(with_upload(**RESIDENTS))
        .and_then(sent)
        .under(TOWN)
        .when(by(GAO, "03-02 12:00", Resolve, text="好了", evidence=(PHOTO,)))
        .then_refused("file_unknown", "R9.1", file=PHOTO)
    )


def test_documents_handed_to_an_agent_are_the_residents() -> None:
    whose = {"bringer": Bringer.STAFF, "person_id": "mei"}
    asked: dict[str, Any] = {
        "how": Authorised.IN_WRITING,
        "text": "代办低保",
        "documents": (PHOTO,),
    }
    (
        received()
        .under(with_upload(**whose))
        .when(by(MEI, "03-02 09:30", AuthoriseAgent, **asked))
        .then(AgentAuthorised, event(FileAttached, of="agent.authorised", subject="reporter"))
    )


def test_a_rating_shows_what_was_not_done() -> None:
    answers = {"contacted": True, "solved": True, "grade": 3, "evidence": (PHOTO,)}
    (
        resolved()
        .under(with_upload(**RESIDENTS))
        .when(by(RESIDENT, "03-03 10:00", Rate, **answers))
        .then(Rated, Closed, event(FileAttached, of="case.rated", subject="reporter"))
    )


def test_a_resident_whose_case_is_carried_on_elsewhere_shows_the_photo_there_too() -> None:
    other = "SW-2"
    story = joined_by(other)
    sent = by(of(other), "03-02 11:30", AddInformation, text="看照片", evidence=(PHOTO,))
    theirs = with_upload(bringer=Bringer.RESIDENT, case_id=other, subject="reporter")
    story.under(theirs).when(sent).then(InformationAdded, event(FileAttached, subject=other))
    third = with_upload(bringer=Bringer.RESIDENT, case_id="case-9", subject="reporter")
    story.under(third).when(sent).then_refused("file_unknown", "R9.1", file=PHOTO)
