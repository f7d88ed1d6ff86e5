"""What events post, read once more and another way: event by event over the state of the case.

Written from the rules of scores, not from the SQL, which must say the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain import owing
from domain.case import evolve, initial
from domain.events import (
    Accepted,
    Adjudicated,
    AppealDecided,
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    Delegated,
    DisputeReopened,
    DutyCheckPassedUp,
    DutyFellDue,
    Escalated,
    Event,
    FollowedUp,
    HandedOver,
    Joined,
    NotReportedIn,
    Parted,
    Rated,
    RatingExcluded,
    RatingRestored,
    RectificationOpened,
    Recurred,
    Registered,
    Released,
    ReportedIn,
    ResidentLeft,
    Resolved,
    Returned,
    Summoned,
    TransferAccepted,
    TransferOffered,
)
from domain.state import Case, Running
from domain.values import PutsQuestion
from domain.words import DUTIES, ClockKind, ClosingReason, WarningLevel
from domain.words.redress import ChargeKind
from domain.words.whistle import ReleaseReason
from tests.store.scores.standing import (
    AMONG,
    ASKED,
    HIT,
    MISS,
    OF,
    OUT,
    Asked,
    Carrier,
    Key,
    Ledger,
    Said,
    Standing,
)

FINE_FROM = 3


@dataclass
class Reading(Ledger):
    """A case being read: what of it is to be remembered to know what the next event posts."""

    done: set[Key] = field(default_factory=set)
    resolved: dict[int, Carrier] = field(default_factory=dict)
    resolved_item: dict[int, tuple[str, str]] = field(default_factory=dict)
    helped_in: dict[int, list[str]] = field(default_factory=dict)
    asked: dict[tuple[int, str], Asked] = field(default_factory=dict)
    recurred: dict[int, list[Recurred]] = field(default_factory=dict)
    lifted: list[Recurred] = field(default_factory=list)
    late: set[str] = field(default_factory=set)
    joined: dict[str, str] = field(default_factory=dict)
    """Whose promise a clock is that came with a case carried on here."""
    resolved_at: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    opened_for: dict[int, list[Asked]] = field(default_factory=dict)
    arrived: int = 0
    arrived_at: datetime | None = None
    holds: tuple[int, str, bool] | None = None
    carded: set[str] = field(default_factory=set)
    """Cards drawn for the turn since who holds it does."""

    def take(self, event: Event, recorded_at: datetime) -> None:
        before, self.case = self.case, evolve(self.case, event)
        self.version += 1
        self.known_at = max(recorded_at, self.known_at or recorded_at)
        if isinstance(event, Registered):
            self.registered = event
        if isinstance(event, Joined) and event.rates and self.asked_for is None:
            self.asked_for = self.version
        for read in (
            _turns,
            _promises,
            _calls,
            _summons,
            _ratings,
            _recurrences,
            _adverse,
            _appeal,
        ):
            read(self, before, event)


def postings(
    case_id: str, events: Iterable[Event], recorded: dict[int, datetime] | None = None
) -> list[Said]:
    """Everything these events post."""
    reading = Reading(initial(case_id))
    for version, event in enumerate(events, start=1):
        reading.take(event, (recorded or {}).get(version, event.at))
    return reading.posted


def _turn(case: Case, person: str = "", number: int = 0) -> Carrier:
    stint = case.stints[number - 1] if number else case.stint
    return Carrier(
        unit_id=stint.unit_id, person_id=person or stint.person_id, stage=str(stint.stage)
    )


def _doer(case: Case, event: Event) -> Carrier:
    """The unit in charge, and who acted at its post; else the person in charge."""
    acted = event.by.post_id == case.stint.post_id
    return _turn(case, event.by.person_id if acted else "")


def _of_kind(case: Case, kind: ClockKind) -> Iterator[Running]:
    return (r for r in case.clocks if r.clock.kind is kind)


def _broken(event: Event, kind: ClockKind) -> str:
    """The id of the clock of that kind which the event breaks."""
    own = isinstance(event, ClockBroken) and event.clock_id.rpartition("-")[0] == kind
    return event.clock_id if own and isinstance(event, ClockBroken) else ""


# -- turns -------------------------------------------------------------------


def _turns(at: Reading, before: Case, event: Event) -> None:
    if at.case.stints:
        _turn_of(at, before, event, "acceptance")
        _turn_of(at, before, event, "handling")


def _works(event: Event) -> bool:
    """Whether the turn ends because its work is done, or handed on as the rules have it."""
    if isinstance(event, Escalated):
        return not event.automatic
    if isinstance(event, Closed):
        return event.reason in {ClosingReason.DECLINED, ClosingReason.REFERRED}
    return isinstance(event, HandedOver | Delegated | TransferAccepted | Resolved)


def _turn_of(at: Reading, before: Case, event: Event, measure: str) -> None:
    accepting = measure == "acceptance"
    kind = ClockKind.ACCEPT if accepting else ClockKind.HANDLE
    done = isinstance(event, Accepted) if accepting else _works(event)
    case, number = at.case, len(before.stints)
    key: Key = (measure, number)
    if number and key not in at.done and (clock_id := _broken(event, kind)):
        assert isinstance(event, ClockBroken)
        at.done.add(key)
        miss = at.of(
            _turn(case, event.person_id), event.due_at, MISS, about=clock_id, charge="breach"
        )
        at.stand(key, miss, "overdue")
    if key in at.standing and key not in at.done:
        if done:
            at.done.add(key)
            who = _doer(before, event) if kind is ClockKind.HANDLE else _turn(case)
            about = [r for r in _of_kind(before, kind) if r.stint == number][-1].clock.clock_id
            at.stand(key, at.of(who, event.at, HIT, about=about), "answered")
        elif _left(before, case, kind, number) or _ruled(event, kind):
            at.stand(key, None, "left")
    now: Key = (measure, len(case.stints))
    runs = [r for r in _of_kind(case, kind) if r.stint == now[1] and r.stopped_at is None]
    if runs and now not in at.standing and now not in at.done and not _ruled(event, kind):
        asked = at.of(_turn(case), event.at, ASKED, about=runs[-1].clock.clock_id)
        at.stand(now, asked)


def _left(before: Case, case: Case, kind: ClockKind, number: int) -> bool:
    """Whether the turn is over, or the case, without either."""
    closed = before.closed_at is None and case.closed_at is not None
    return len(case.stints) > number or (closed and case.closing is not ClosingReason.MERGED)


def _ruled(event: Event, kind: ClockKind) -> bool:
    return kind is ClockKind.ACCEPT and isinstance(event, Adjudicated)


# -- the promise and the call ---------------------------------------------------


def _promises(at: Reading, before: Case, event: Event) -> None:
    if isinstance(event, Joined):
        ids = (clock.clock_id for clock in event.clocks if clock.kind is ClockKind.RESIDENT)
        at.joined |= dict.fromkeys(ids, event.case_id)
    if isinstance(event, Parted):
        _given_back(at, event.case_id)
    for running in _of_kind(at.case, ClockKind.RESIDENT):
        clock = running.clock
        key: Key = ("promise", clock.clock_id)
        if key in at.done:
            continue
        if _broken(event, ClockKind.RESIDENT) == clock.clock_id:
            assert isinstance(event, ClockBroken)
            at.done.add(key)
            who = _turn(at.case, event.person_id)
            miss = at.of(who, event.due_at, MISS, about=clock.clock_id, charge="breach")
            at.stand(key, miss, "overdue")
        elif key in at.standing and isinstance(event, Resolved):
            at.done.add(key)
            hit = at.of(_doer(before, event), event.at, HIT, about=clock.clock_id)
            at.stand(key, hit, "answered")
        elif key in at.standing and running.stopped_at is not None:
            at.stand(key, None, "left")
        elif key not in at.standing and running.stopped_at is None:
            gave = Carrier(unit_id=clock.unit_id, stage="first_contact")
            at.stand(key, at.of(gave, event.at, ASKED, about=clock.clock_id))


def _given_back(at: Reading, case_id: str) -> None:
    """What became of its promise here, it becomes in its own case."""
    for key, (_, now) in list(at.standing.items()):
        settled = key[0] in {"promise", "yellow_cards", "red_cards"} and now.numbers != ASKED
        if settled and at.joined.get(now.about) == case_id:
            at.stand(key, None, "given_back")


def _calls(at: Reading, before: Case, event: Event) -> None:
    for running in _of_kind(at.case, ClockKind.FOLLOW_UP):
        clock_id = running.clock.clock_id
        key: Key = ("follow_up", clock_id)
        if key in at.done:
            continue
        owed = before if key in at.standing else at.case
        debtor = owing.debtor(owed, clock_id)
        assert debtor is not None
        who = Carrier(unit_id=debtor.unit_id, person_id=debtor.person_id, stage="first_contact")
        if _broken(event, ClockKind.FOLLOW_UP) == clock_id:
            assert isinstance(event, ClockBroken)
            at.done.add(key)
            who = replace(who, person_id=event.person_id or debtor.person_id)
            miss = at.of(who, event.due_at, MISS, about=clock_id, charge="breach")
            at.stand(key, miss, "overdue")
        elif key in at.standing and isinstance(event, FollowedUp):
            at.done.add(key)
            who = replace(who, person_id=event.by.person_id)
            at.stand(key, at.of(who, event.at, HIT, about=clock_id), "answered")
        elif key in at.standing and running.stopped_at is not None:
            at.stand(key, None, "left")
        elif key not in at.standing and running.stopped_at is None:
            at.stand(key, at.of(who, event.at, ASKED, about=clock_id))
            _duty(at, who, event.at)


# -- helpers --------------------------------------------------------------------


def _summons(at: Reading, before: Case, event: Event) -> None:
    if not isinstance(event, Summoned | ReportedIn | NotReportedIn | Released):
        return
    helper = event.helper
    who = Carrier(
        unit_id=helper.unit_id or helper.partner_id or "",
        carrier="unit" if helper.unit_id else "partner",
    )
    key: Key = ("report_in", helper.summons_id)
    if isinstance(event, Summoned):
        at.stand(key, at.of(who, event.at, ASKED, about=helper.summons_id))
        if helper.unit_id:
            _duty(at, who, event.at)
    elif isinstance(event, NotReportedIn):
        at.late.add(helper.summons_id)
        due = next(r.clock.due_at for r in before.clocks if r.clock.clock_id == event.clock_id)
        charge = "breach" if helper.unit_id else ""
        at.stand(key, at.of(who, due, MISS, about=event.clock_id, charge=charge), "overdue")
    elif isinstance(event, ReportedIn):
        if helper.unit_id:
            at.helped_in.setdefault(at.case.round, []).append(helper.unit_id)
        if event.on_time:
            at.stand(key, at.of(who, event.at, HIT, about=helper.summons_id), "answered")
    else:
        _released(at, who, event)


def _released(at: Reading, who: Carrier, event: Released) -> None:
    helper = event.helper
    fine = event.helped > 0 and event.useful is not False
    if helper.unit_id and event.reported_in and event.why is ReleaseReason.RELEASED and not fine:
        at.helped_in[at.case.round].remove(helper.unit_id)
    if not event.reported_in and helper.summons_id not in at.late:
        at.stand(("report_in", helper.summons_id), None, "left")
        return
    if event.why is ReleaseReason.TOOK_OVER and not event.helped:
        return
    at.add("help", at.of(who, event.at, HIT if fine else MISS, about=helper.summons_id))


# -- ratings --------------------------------------------------------------------


def _ratings(  # noqa: C901, PLR0912 - one arm for each event
    at: Reading, before: Case, event: Event
) -> None:
    round_ = at.case.round
    because = why = ""
    match event:
        case Resolved():
            at.resolved[round_] = _doer(before, event)
            at.resolved_at[round_] = (at.version, event.at)
            at.resolved_item[round_] = (at.case.item_id, at.case.class_id)
            for subject in at.case.raters:
                at.asked[round_, subject] = Asked(event.at)
        case Rated():
            at.asked[event.round, event.subject].rated = event
            because = "answered"
        case RatingExcluded():
            at.asked[event.round, event.subject].excluded = True
            because = why = str(event.why)
        case RatingRestored():
            at.asked[event.round, event.subject].excluded = False
            because = why = "restored"
        case ResidentLeft() | Parted():
            subject = event.subject if isinstance(event, ResidentLeft) else event.case_id
            if (round_, subject) in at.asked:
                at.asked[round_, subject].gone = True
            because = "left"
        case Closed(reason=ClosingReason.WITHDRAWN):
            for (number, _), asked in at.asked.items():
                asked.gone = asked.gone or number == round_
            because = "left"
        case Recurred():
            at.recurred.setdefault(event.round, []).append(event)
            because = why = "recurrence"
        case AppealDecided(upheld=True, against=ChargeKind.RECURRENCE):
            for found in at.recurred.values():
                lifted = [each for each in found if each.later == event.about]
                at.lifted += lifted
                found[:] = [each for each in found if each not in lifted]
            because = why = "appeal"
        case _:
            return
    for key in at.asked:
        _rate(at, key, because, why)
    for round_ in {*at.recurred}:
        _own_miss(at, round_, because, why)


def _rate(at: Reading, key: tuple[int, str], because: str, why: str) -> None:
    round_, subject = key
    asked, live = at.asked[key], at.recurred.get(round_, [])
    if because == "appeal" and live:  # another report of it still stands
        because = why = "recurrence"
    answers: dict[str, Callable[[Rated], bool]] = {
        "response": lambda r: r.contacted,
        "satisfaction": lambda r: r.grade >= FINE_FROM,
        "resolution": lambda r: r.solved,
    }
    item_id, class_id = at.resolved_item[round_]
    name = f"{round_}/{subject}"
    for measure, fine in answers.items():
        same: Said = {"round": round_, "subject": subject, "about": name, "helpers": 0}
        same |= {"item_id": item_id, "class_id": class_id}
        owner, reason = at.resolved[round_], why
        here = sorted({*at.helped_in.get(round_, [])} - {owner.unit_id})
        same["helpers"] = len(here)
        if asked.rated is None:
            now = None if asked.gone else at.of(owner, asked.at, ASKED, **same)
        elif asked.excluded:
            now = at.of(owner, asked.rated.at, OUT, **same)
        elif measure == "resolution" and live:
            same |= {"about": live[-1].later, "charge": "recurrence"}
            now = at.of(owner, asked.rated.at, MISS, **same)
            reason = why or "recurrence"
        else:
            good = fine(asked.rated)
            same["charge"] = "" if good else "rating"
            now = at.of(owner, asked.rated.at, HIT if good else MISS, **same)
        _changed(at, (measure, *key, "owner"), now, because, reason)
        if measure == "satisfaction":
            for unit in here:
                part = now and replace(now, who=Carrier(unit_id=unit), role="helper", charge="")
                _changed(at, (measure, *key, unit), part, because, reason)


def _changed(at: Reading, key: Key, now: Standing | None, because: str, why: str) -> None:
    was = at.standing.get(key)
    if (was and was[1]) != now:
        at.stand(key, now, because, why)


def _own_miss(at: Reading, round_: int, because: str, why: str) -> None:
    """Where no rating of the round counts."""
    valid = [a for (n, _), a in at.asked.items() if n == round_ and a.rated and not a.excluded]
    live = at.recurred[round_]
    lifted = [each for each in at.lifted if each.round == round_]
    item_id, class_id = at.resolved_item[round_]
    same = {"round": round_, "item_id": item_id, "class_id": class_id}
    now = None
    if not valid and live:
        same |= {"about": live[-1].later, "charge": "recurrence"}
        now = at.of(at.resolved[round_], live[-1].at, MISS, **same)
        because = "recurrence" if because == "appeal" else because
        why = "" if why in {"recurrence", "appeal"} else why
    elif not valid and lifted:
        now = at.of(at.resolved[round_], lifted[-1].at, OUT, **(same | {"about": lifted[-1].later}))
    _changed(at, ("resolution", round_, ""), now, because, why)


# -- against --------------------------------------------------------------------


def _duty(at: Reading, who: Carrier, moment: datetime) -> None:
    for measure in ("yellow_cards", "red_cards"):
        at.add(measure, at.of(who, moment, AMONG))


def _duty_of_turn(at: Reading, event: Event) -> None:
    """With who holds it; where a card was drawn for it, it stays, and the next has their own."""
    assert at.registered is not None
    number, asks = len(at.case.stints), at.registered.proactive and at.asked_for is not None
    holds = (number, at.case.stint.person_id, asks)
    if holds == at.holds:
        return
    if not at.holds or at.holds[0] != number:
        at.arrived_at = event.at
    for measure in ("yellow_cards", "red_cards"):
        if measure in at.carded:
            at.standing.pop((measure, "turn", number), None)
        why = "asked_for" if at.holds and asks != at.holds[2] else "handed_on"
        now = at.of(_turn(at.case), at.arrived_at or event.at, AMONG)
        at.stand((measure, "turn", number), now, why)
    at.holds = holds
    at.carded.clear()


def _adverse(  # noqa: C901 - one arm for each event
    at: Reading, before: Case, event: Event
) -> None:
    if at.case.stints:
        _duty_of_turn(at, event)
    if isinstance(event, PutsQuestion):
        put = event.question
        _duty(at, Carrier(unit_id=put.unit_id, person_id=put.person_id or ""), event.at)
    match event:
        case Arrived():
            at.arrived = at.version
            at.add("returns", at.of(_turn(at.case), event.at, AMONG))
        case Returned():
            at.add("returns", at.of(_doer(before, event), event.at, OF, side=at.arrived))
        case TransferOffered() | DutyFellDue() | DutyCheckPassedUp():
            who = Carrier(unit_id=event.unit_id, person_id=event.person_id or "")
            _duty(at, who, event.at)
        case Resolved():
            for measure in ("reopenings", "recurrences"):
                at.add(measure, at.of(_doer(before, event), event.at, AMONG))
        case RectificationOpened() | DisputeReopened() if before.round in at.resolved:
            if isinstance(event, RectificationOpened):
                at.opened_for[before.round] = _held_against(at, before.round)
            _against_resolver(at, "reopenings", before.round, OF)
        case RatingExcluded() | RatingRestored() if at.opened_for.get(event.round):
            out = all(each.excluded for each in at.opened_for[event.round])
            why = str(event.why) if isinstance(event, RatingExcluded) else "restored"
            _against_resolver(at, "reopenings", event.round, OUT if out else OF, why, why)
        case ClockBroken() | ClockWarned():
            _card(at, event)


def _held_against(at: Reading, round_: int) -> list[Asked]:
    """The bad ratings of the round that count: a new round is opened for these."""
    rated = (asked for (number, _), asked in at.asked.items() if number == round_)
    return [
        asked
        for asked in rated
        if asked.rated
        and not asked.excluded
        and (asked.rated.grade < FINE_FROM or not asked.rated.solved)
    ]


def _against_resolver(
    at: Reading,
    measure: str,
    round_: int,
    numbers: tuple[int, int, int, int],
    because: str = "",
    why: str = "",
    **more: Any,
) -> None:
    """Once for each resolution, at its own moment."""
    item_id, class_id = at.resolved_item[round_]
    version, moment = at.resolved_at[round_]
    same = {"round": round_, "item_id": item_id, "class_id": class_id, "side": version} | more
    now = at.of(at.resolved[round_], moment, numbers, **same)
    _changed(at, (measure, round_), now, because, why)


def _card(at: Reading, event: ClockBroken | ClockWarned) -> None:
    running = next(r for r in at.case.clocks if r.clock.clock_id == event.clock_id)
    kind, owes = running.clock.kind, owing.debtor(at.case, event.clock_id)
    yellow = isinstance(event, ClockWarned)
    drawn = not isinstance(event, ClockWarned) or event.level is WarningLevel.YELLOW
    if kind not in DUTIES or owes is None or not drawn:
        return
    stage: str | None = None
    if kind is ClockKind.FOLLOW_UP:
        stage = "first_contact"
    elif kind not in _NO_RUNG:
        number = running.stint or len(at.case.stints)
        stage = str(at.case.stints[number - 1].stage)
    who = Carrier(unit_id=owes.unit_id, person_id=event.person_id or owes.person_id, stage=stage)
    moment = event.at if yellow else event.due_at
    charge = "yellow_card" if yellow else "breach"
    now = at.of(who, moment, OF, about=event.clock_id, charge=charge)
    if kind not in _NO_RUNG | {ClockKind.FOLLOW_UP, ClockKind.SUPERVISION}:
        at.carded.add("yellow_cards" if yellow else "red_cards")
    at.stand(("yellow_cards" if yellow else "red_cards", event.clock_id, at.version), now)


_NO_RUNG = frozenset(
    {ClockKind.DECISION, ClockKind.REPORT_IN, ClockKind.TRANSFER, ClockKind.DUTY_CHECK}
)


def _recurrences(at: Reading, before: Case, event: Event) -> None:
    match event:
        case Recurred():
            because = "recurrence"
        case AppealDecided(upheld=True, against=ChargeKind.RECURRENCE):
            because = "appeal"
        case _:
            return
    for round_, live in at.recurred.items():
        _reported_again(at, round_, live, because)


def _reported_again(at: Reading, round_: int, live: list[Recurred], because: str) -> None:
    """However often: the first that no appeal took out."""
    lifted = [each for each in at.lifted if each.round == round_]
    if live:
        more = {"about": live[0].later, "charge": "recurrence"}
        _against_resolver(at, "recurrences", round_, OF, because, **more)
    elif lifted:
        about = lifted[-1].later
        _against_resolver(at, "recurrences", round_, OUT, because, because, about=about)


def _appeal(at: Reading, before: Case, event: Event) -> None:
    if not isinstance(event, AppealDecided) or not event.upheld:
        return
    for key, (version, now) in list(at.standing.items()):
        hit = (now.charge, now.about) == (event.against, event.about)
        if hit and event.against in {ChargeKind.BREACH, ChargeKind.YELLOW_CARD}:
            at.stand(
                key,
                replace(now, numbers=OUT, charge="", side=now.side or version),
                "appeal",
                "appeal",
            )
