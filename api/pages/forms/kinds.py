"""The body of a command by its kind, as the API's routes take them: a page that is told what may be
done now draws the form of it. No command is named here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from api.schemas import AnyCommandBody
from api.schemas.admission import AdmissionCommandBody
from api.schemas.base import Body
from api.schemas.erasure import ErasureCommandBody
from api.schemas.office import AnyOfficeBody
from api.schemas.whistle import AnyPartnerBody


def _by_kind(union: Any) -> Mapping[str, type[Body]]:  # noqa: ANN401 - an annotated union
    bodies = get_args(get_args(union)[0])
    return MappingProxyType({get_args(b.model_fields["kind"].annotation)[0]: b for b in bodies})


CASE = _by_kind(AnyCommandBody)
OFFICE = _by_kind(AnyOfficeBody)
ADMISSION = _by_kind(AdmissionCommandBody)
ERASURE = _by_kind(ErasureCommandBody)
PARTNER = _by_kind(AnyPartnerBody)
