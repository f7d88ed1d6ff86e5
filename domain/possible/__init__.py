"""What may be done with a case now, by one who asks, and why the rest may not. No rule stands here:
`decide` itself answers, to a probe of every command.
"""

from domain.possible.answering import Possible, answer, asked, possible
from domain.possible.codes import OF_ARGUMENTS, OF_STATE
from domain.possible.kinds import KINDS, applies
from domain.possible.scene import Scene

__all__ = [
    "KINDS",
    "OF_ARGUMENTS",
    "OF_STATE",
    "Possible",
    "Scene",
    "answer",
    "applies",
    "asked",
    "possible",
]
