"""The office: four pure functions, as of a case. Each command goes to the chapter that knows it.

What is in force stands in the book, which the office's changes are folded into; see `changes`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.commands import Tick
from domain.office import commands as c
from domain.office import ends, hand_overs, looking, papers, people, posts, requests, timing, units
from domain.office.authority import system
from domain.office.events import (
    CalendarLookedAt,
    ChangeCancelled,
    HandedOver,
    HandOverBegun,
    HandOverCalledOff,
    HandOverPlanned,
    OfficeEvent,
    PostConfirmed,
    PostDeclined,
    PostRequested,
)
from domain.office.records import Records
from domain.office.state import Office

CHAPTERS: Mapping[type, Callable[[Any, Records], tuple[OfficeEvent, ...]]] = {
    c.AddUnit: units.add_unit,
    c.ChangeUnit: units.change_unit,
    c.CloseUnit: units.close_unit,
    c.DrawGrid: units.draw_grid,
    c.AddPerson: people.add_person,
    c.ChangePerson: people.change_person,
    c.AssignDuty: people.assign_duty,
    c.ChangePost: posts.change_post,
    c.EndPost: posts.end_post,
    c.NameStandIn: posts.name_stand_in,
    c.RecordAbsence: posts.record_absence,
    c.CancelAbsence: posts.cancel_absence,
    c.AddItem: papers.add_item,
    c.ChangeItem: papers.change_item,
    c.RetireItem: papers.retire_item,
    c.PublishYear: papers.publish_year,
    c.PublishPolicy: papers.publish_policy,
    c.LoadBooks: papers.load_books,
    c.RecordSweep: papers.record_sweep,
}
"""Commands that look at the book alone, and the chapter's function for each."""
OPEN: Mapping[type, Callable[[Office, Any, Records], tuple[OfficeEvent, ...]]] = {
    c.OpenPost: requests.open_post,
    c.ConfirmPost: requests.confirm_post,
    c.DeclinePost: requests.decline_post,
    c.Leave: requests.leave,
    c.RecordHandOver: hand_overs.record_hand_over,
}
"""Commands that look at what is open in the office as well."""


def initial(stream: str) -> Office:
    """An office with nothing to do yet."""
    return Office(stream=stream)


def decide(office: Office, command: c.OfficeCommand, records: Records) -> tuple[OfficeEvent, ...]:
    """The events the command causes, after those time has caused by then; raises `Refused`."""
    found = _by_time(office, command.at, records)
    for event in found:
        office = evolve(office, event)
    decided = _decide(office, command, records)
    for event in decided:
        office = evolve(office, event)
    decided = (*found, *decided)
    return *decided, *ends.planned(office, command, decided, records)


def _by_time(office: Office, at: datetime, records: Records) -> tuple[OfficeEvent, ...]:
    """What time itself brings: requests lapse, hand-overs begin, the calendar is looked at."""
    return (
        *requests.lapsed(office, at),
        *hand_overs.due(office, at, records),
        *looking.look(office, at, records),
    )


def _decide(office: Office, command: c.OfficeCommand, records: Records) -> tuple[OfficeEvent, ...]:
    match command:
        case Tick():
            system(command)
            return ()
        case c.CancelChange():
            return timing.cancel_change(command, records)
        case _ if type(command) in OPEN:
            return OPEN[type(command)](office, command, records)
        case _:
            return CHAPTERS[type(command)](command, records)


def evolve(office: Office, event: OfficeEvent) -> Office:
    """What is left to do after the event. Total."""
    match event:
        case PostRequested() | PostConfirmed() | PostDeclined():
            return replace(office, requests=requests.evolve(office.requests, event))
        case HandOverPlanned() | HandOverCalledOff() | HandOverBegun() | HandedOver():
            return replace(office, hand_overs=hand_overs.evolve(office.hand_overs, event))
        case ChangeCancelled(post_id=post):
            left = tuple(h for h in office.hand_overs if h.post_id != post)
            return replace(office, hand_overs=left)
        case CalendarLookedAt():
            return replace(office, look_at=event.look_at)
        case _:
            return office
