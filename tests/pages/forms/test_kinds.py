from api.pages.forms import Forms, kinds
from api.schemas.whistle import PartnerHelpBody, RecordHelpBody, SummonBody
from tests.pages.forms.bodies import BODIES

OF_NO_KIND = {
    *("AdmissionBody", "CallBody", "CaseBody", "ContactBody", "CosignatureBody", "ErasureBody"),
    *("FindingBody", "HolidaysBody", "PlaceBody", "PromiseBody", "RatingBody", "ReadBody"),
    *("SignInBody", "SpanBody", "SuccessionBody", "TargetBody", "TokenBody", "VisitBody"),
    "AmendVisitBody",
}
"""What opens something, what stands inside another, and what has an address of its own."""


def test_a_form_is_found_by_the_kind_of_its_command() -> None:
    assert kinds.CASE["summon"] is SummonBody
    assert kinds.CASE["record_help"] is RecordHelpBody
    assert kinds.PARTNER["record_help"] is PartnerHelpBody
    assert Forms(language="en", zone="Asia/Shanghai").draw(kinds.CASE["accept"]).title == "Accept"


def test_every_body_of_a_kind_is_found() -> None:
    every = (kinds.CASE, kinds.OFFICE, kinds.ADMISSION, kinds.ERASURE, kinds.PARTNER)
    found = {body for each in every for body in each.values()}
    assert {body.__name__ for body in set(BODIES) - found} == OF_NO_KIND
