import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from api.pages.forms import Choices, Forms, Option
from api.pages.forms.reading import body_of
from api.pages.forms.typed import gathered
from api.schemas.people import SignInBody
from tests.pages.forms import browser
from tests.pages.forms.bodies import BODIES, instances

ZONE = "Asia/Shanghai"
FORMS = Forms(language="zh", zone=ZONE)
UNITS = [Option("u-1", "锦绣社区"), Option("u-2", "和平街道")]
OFFERING = Forms(language="en", zone="America/New_York", choices=Choices(of={"units": UNITS}))


def through(forms: Forms, body: type[BaseModel], instance: BaseModel) -> BaseModel:
    """Filled in, drawn, sent by a browser, read, and taken by the API."""
    form = forms.draw(body, forms.filled(body, instance))
    items = [*browser.sent(browser.page_of(form)), ("_version", form.version)]
    if isinstance(instance, SignInBody):
        items.append(("password", instance.password))
    told = body_of(body, gathered(items), forms.zone)
    return body.model_validate(json.loads(json.dumps(told, allow_nan=False)))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_known_of_a_body_comes_back_from_its_form(
    body: type[BaseModel], data: st.DataObject
) -> None:
    instance = data.draw(instances(body))
    assert through(FORMS, body, instance) == instance
    assert through(OFFERING, body, instance) == instance
