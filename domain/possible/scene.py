"""Who asks about which case when, and how a probe is put together from that. Decides nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.book import Book
from domain.commands import Actor, Command
from domain.state import Case
from domain.words import ActorKind

SAID = "-"
"""A text a probe says where one is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The case as it stands at `at`, and the one who asks.

    `seen` says that staff have seen the receipt that is shown, too (R9.2).
    """

    case: Case
    actor: Actor
    at: datetime
    book: Book
    seen: bool = False

    def ask(self, kind: Callable[..., Command], **fields: object) -> Command:
        """That command by the one who asks, now."""
        return kind(command_id=SAID, at=self.at, actor=self.actor, **fields)

    @property
    def resident(self) -> bool:
        """Whether a resident or a party asks, by a secret of their own."""
        return self.actor.kind is ActorKind.RESIDENT


@dataclass(frozen=True, slots=True)
class First:
    """A probe with an argument that is never accepted, to hear what is looked at before it.

    Refused for anything else, no other argument would help: no further probe is needed.
    """

    command: Command


@dataclass(frozen=True, slots=True)
class Last:
    """A probe with the best argument there is: its refusal is a reason, whatever it says."""

    command: Command


Probe = Command | First | Last
Maker = Callable[[Scene], Iterator[Probe]]
"""The probes of one command, the usual way first. Every argument that another may be accepted with
is among them, or the probe is refused for its argument.
"""


def just(kind: Callable[..., Command], **fields: object) -> Maker:
    """One probe that is the same for every case."""

    def made(scene: Scene) -> Iterator[Probe]:
        yield scene.ask(kind, **fields)

    return made


def either(
    kind: Callable[..., Command], name: str, values: Sequence[object], **fields: object
) -> Maker:
    """One probe for each value of a field."""

    def made(scene: Scene) -> Iterator[Probe]:
        for value in values:
            yield scene.ask(kind, **{name: value}, **fields)

    return made
