"""R12.5: what a what-if reads: whole cases from their events, sealed, twice the same."""

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.local.failure import LocalError
from cli.scores.whatif import found
from cli.scores.whatif_asked import Words
from cli.scores.whatif_page import as_text, canonical
from domain.whatif.lives import Life
from settings import Settings
from store.exporting import snapshot
from store.whatif import Spool, Wanted, lives
from tests.domain.town import local
from tests.store.house import RING, Database
from tests.store.lives import CANARY, LIVES

pytestmark = pytest.mark.rule("R12.5")
YEARS = Wanted(since=local("2025-01-01 00:00"), until=local("2027-01-01 00:00"))
SAMPLE = Path(__file__).parents[2] / "sample" / "policy.toml"


async def read(database: Database, wanted: Wanted) -> list[Life]:
    async with snapshot(database.engine, RING) as now:
        return [each async for page in lives(now, wanted) for each in page]


async def test_every_case_is_read_whole_in_the_order_it_was_registered(lived: Database) -> None:
    found_ = await read(lived, YEARS)
    assert {each.case_id for each in found_} >= LIVES.keys()
    moments = [(each.opened, each.case_id) for each in found_]
    assert moments == sorted(moments)
    assert CANARY not in repr(found_)


async def test_a_period_and_units_choose_cases(lived: Database) -> None:
    december = replace(YEARS, until=local("2026-01-01 00:00"))
    early = {each.case_id for each in await read(lived, december)}
    assert early
    assert early < {each.case_id for each in await read(lived, YEARS)}
    parks = await read(lived, replace(YEARS, units=["parks"]))
    assert all(any(turn.unit_id == "parks" for turn in each.turns) for each in parks)
    march = replace(YEARS, since=local("03-01 00:00"), open_before=True)
    before = [each for each in await read(lived, march) if each.opened < march.since]
    assert all(each.closed is None or each.closed >= march.since for each in before)


async def test_what_was_put_away_comes_again(lived: Database) -> None:
    found_ = await read(lived, YEARS)
    spool = Spool()
    spool.put(found_[:3])
    spool.put(found_[3:])
    assert list(spool.again()) == found_ == list(spool.again())
    assert spool.count == len(found_)
    spool.close()


def settings(database: Database, data: Path) -> Settings:
    key = base64.b64encode(bytes(range(32))).decode()
    return Settings(data=data, database_url=database.url("app"), master_key=key)


def words(**asked: Any) -> Words:
    return replace(Words(since="2025-01-01", until="2026-12-31"), **asked)


async def test_under_the_sample_policy_and_twice_the_same_bytes(
    lived: Database, tmp_path: Path
) -> None:
    asked = words(policy=SAMPLE, cases=3)
    once = canonical(await found(settings(lived, tmp_path), asked))
    assert once == canonical(await found(settings(lived, tmp_path), asked))
    told = json.loads(once)
    assert told["cases"]["replayed"] >= len(LIVES)
    # Nobody woke the clocks of the random lives: the replay, which does, is not to be believed.
    breaches = next(row for row in told["figures"] if row["name"] == "breaches.handle")
    assert (breaches["other"], breaches["why_not"]) == (None, "model_misses")
    done = next(row for row in told["figures"] if row["name"] == "resolved")
    assert done["real"] == done["model"]
    # Of some of these cases too little is known: they may be resolved, or not yet.
    low, high = int(done["low"]), int(done["high"])
    assert low <= int(done["real"]) <= high
    assert (done["other"], done["why_not"]) == (None, None)
    assert 0 < high - low <= told["cases"]["unsaid"]
    for lang in ("en", "zh"):
        page = as_text(told, lang)
        assert str(told["cases"]["replayed"]) in page
        assert "{" not in page


async def test_a_period_without_cases_is_said(lived: Database, tmp_path: Path) -> None:
    asked = words(since="2020-01-01", until="2020-01-31")
    with pytest.raises(LocalError, match="No case was registered from 2020-01-01 to 2020-01-31"):
        await found(settings(lived, tmp_path), asked)


async def test_more_staff_is_not_spoken_of_on_a_handful_of_cases(
    lived: Database, tmp_path: Path
) -> None:
    told = await found(settings(lived, tmp_path), words(staff=["orchard-1=+1"]))
    rows = told["figures"]
    assert isinstance(rows, list)
    assert {row["why_not"] for row in rows} <= {
        *("staff_untried", "too_few_rated", "nothing_of_the_kind", "model_misses"),
    }
    assert "orchard-1 (grid): 2 posts → 3" in as_text(told, "en")
