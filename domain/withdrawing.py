"""Chapter R9.2: taking a request back, by one's own link, or in words that staff wrote down.

What staff write down closes nothing by itself, nor does a receipt that staff have seen: a
supervisor looks at it, and the resident is told and may say that it was none.
"""

from domain import authority, carried, joining, questions
from domain.book import Book
from domain.commands import DecideWithdrawal, Keep, Withdraw
from domain.events import Event, WithdrawalDecided, WithdrawalDenied, WithdrawalRecorded
from domain.refusals import Refused
from domain.state import Case
from domain.values import REPORTER, RESIDENT, SYSTEM, By, Question
from domain.words import ActorKind, Phase, QuestionKind

WITHDRAWAL = QuestionKind.WITHDRAWAL


def withdraw(case: Case, command: Withdraw, book: Book) -> tuple[Event, ...]:
    """The resident takes the case back in person; of another system's word nothing is asked."""
    by = authority.resident_or(command, lambda: authority.officer(case, command, book))
    if command.actor.subject in case.parties:
        raise Refused("reporter_only", "R7.1", forbidden=True)
    if carried.is_merged(case):
        carried.need_lead_open(case, book)
    elif not _gives_up_a_rating(case, by):
        authority.need_open(case, "R9.2")
    if command.actor.kind is ActorKind.STAFF or command.seen:
        return (_recorded(case, command, by, book),)
    subject = command.actor.subject if by is RESIDENT else REPORTER
    return joining.withdrawal(case, subject, command.at, by, command.text, book)


def _gives_up_a_rating(case: Case, by: By) -> bool:
    """Only a resident gives up a rating: one whose receipt nobody else has seen, and whose alone
    the rating is.
    """
    alone = case.alone and not case.parties
    return by is RESIDENT and alone and case.phase is Phase.AWAITING_RATING


def _recorded(case: Case, command: Withdraw, by: By, book: Book) -> WithdrawalRecorded:
    """What the resident told the officer, put to a supervisor who has no part in the case."""
    joining.need_here(case, REPORTER)
    if questions.find(case, WITHDRAWAL) is not None:
        raise Refused("withdrawal_under_review", "R9.2")
    question, clock = questions.put(
        *(case, WITHDRAWAL, by.unit_id or case.stint.unit_id, command.at, book),
        barred=frozenset({by.person_id}),
    )
    return WithdrawalRecorded(
        at=command.at,
        by=by,
        subject=REPORTER,
        text=command.text,
        question=question,
        clocks=(clock,),
    )


def decide_withdrawal(case: Case, command: DecideWithdrawal, book: Book) -> tuple[Event, ...]:
    """Approved, the resident has left; refused, the case goes on as if nothing had been said."""
    by = questions.decider(case, _asked(case), command, book)
    decided = WithdrawalDecided(at=command.at, by=by, approved=command.approved, text=command.text)
    if not command.approved:
        return (decided,)
    return decided, *joining.withdrawal(case, REPORTER, command.at, SYSTEM, "", book)


def keep(case: Case, command: Keep) -> tuple[Event, ...]:
    """The resident's own word: they took nothing back."""
    by = authority.resident(command)
    if command.actor.subject != REPORTER:
        raise Refused("reporter_only", "R7.1", forbidden=True)
    _asked(case)
    return (WithdrawalDenied(at=command.at, by=by, text=command.text),)


def _asked(case: Case) -> Question:
    question = questions.find(case, WITHDRAWAL)
    if question is None:
        raise Refused("no_withdrawal_recorded", "R9.2")
    return question


def recorded(case: Case, event: WithdrawalRecorded) -> Case:
    """It waits for the supervisor; nothing else changes."""
    return questions.opened(case, event.question, event.clocks)


def answered(case: Case, event: WithdrawalDecided | WithdrawalDenied) -> Case:
    """The question is answered."""
    return questions.answered(case, WITHDRAWAL, event.at)
