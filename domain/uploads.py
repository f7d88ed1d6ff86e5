"""A file somebody brought, as far as a decision must know it. Values only."""

from dataclasses import dataclass

from domain.words.files import Bringer


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file is. `address` and `small` (empty for none) name the sealed bytes in the store:
    the SHA-256 of each as stored, in hex; `opener` and `small_opener` open them; `digest` is the
    SHA-256 of what was sealed. `size` is its bytes; pixels and pages are 0 where there are none.
    """

    address: str
    media: str
    size: int
    width: int = 0
    height: int = 0
    pages: int = 0
    digest: str
    opener: str
    small: str = ""
    small_opener: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that waits to be named in a case, and whose it is: a member of staff's, a resident's
    of one case, or nobody's, who alone knows its reference.
    """

    file: str
    bringer: Bringer
    person_id: str = ""
    case_id: str = ""
    subject: str = ""
    content: Content
