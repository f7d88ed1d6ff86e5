"""The forms other tools read: their own programs open them, and find what the journal has."""

import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest

from api.exports import xes
from api.exports.drawing import Reader
from api.exports.formats import FORMATS, FormatName
from api.exports.journal import Asked, opened
from domain.streams import Noun, noun_of
from store.exporting import Wanted, snapshot
from tests.domain.town import TOWN
from tests.store.house import RING, Database
from tests.store.lives import CANARY

pytestmark = pytest.mark.rule("R14.1")

NAMES = tuple(FORMATS)
XES = "{http://www.xes-standard.org/}"


async def body(database: Database, form: FormatName, wanted: Wanted | None = None) -> bytes:
    """The whole file, as somebody privy to no dispute gets it."""

    async def told(_: object) -> None:
        """Nobody has to know."""

    asked = Asked(format=form, wanted=wanted or Wanted(), filters={}, reader=Reader(language="en"))
    export = await opened(database.engine, RING, TOWN.organisation, asked, told)
    async with export.sources:
        return b"".join([piece async for piece in export.pieces])


async def journal(database: Database) -> list[tuple[str, str]]:
    """Stream and kind of every event that has a number."""
    async with database.connection() as connection:
        rows = await connection.fetch(
            "select case_id, kind from event_sequence join events using (position) order by seq"
        )
    return [(row["case_id"], row["kind"]) for row in rows]


def mined(form: str, tmp_path: Path, content: bytes) -> dict[str, Any]:
    """What pm4py finds in it."""
    file = tmp_path / f"export.{form}"
    file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.miner", form, str(file)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found


# -- XES -------------------------------------------------------------------------


async def test_pm4py_reads_every_case_and_every_event_of_it(
    lived: Database, tmp_path: Path
) -> None:
    found = mined("xes", tmp_path, await body(lived, "xes"))
    there = [(s, kind) for s, kind in await journal(lived) if noun_of(s) is Noun.CASE]
    assert found["events"] == len(there)
    assert found["cases"] == len({stream for stream, _ in there})
    assert found["kinds"] == Counter(kind for _, kind in there)
    assert found["per_case"] == Counter(stream for stream, _ in there)
    assert len(found["words"]) > 20


async def test_a_log_is_made_as_the_standard_says(lived: Database) -> None:
    root = ET.fromstring(await body(lived, "xes"))  # noqa: S314 - our own
    assert root.tag == f"{XES}log"
    assert root.attrib["xes.version"] == "1849.2016"
    order = [_place(child.tag.removeprefix(XES)) for child in root]
    assert order == sorted(order)
    prefixes = {each.attrib["prefix"] for each in root.iter(f"{XES}extension")}
    assert prefixes == {"concept", "time", "lifecycle", "org"}
    for element in root.iter():
        if key := element.attrib.get("key"):
            assert re.fullmatch(r"[A-Za-z][\w.:-]*", key)
            assert ":" not in key or key.partition(":")[0] in prefixes
    for event in root.iter(f"{XES}event"):
        keys = [each.attrib["key"] for each in event]
        assert len(keys) == len(set(keys))
        assert {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource"} <= {*keys}


def _place(tag: str) -> int:
    """Where the standard puts an element of a log."""
    first = ("extension", "global", "classifier")
    return first.index(tag) if tag in first else 9 if tag == "trace" else 5


async def test_traces_are_those_of_the_filter(lived: Database) -> None:
    wanted = Wanted(kinds=["case.resolved"])
    root = ET.fromstring(await body(lived, "xes", wanted))  # noqa: S314 - our own
    resolved = [stream for stream, kind in await journal(lived) if kind == "case.resolved"]
    traces = {
        trace.find(f"{XES}string").attrib["value"]: len(trace.findall(f"{XES}event"))  # type: ignore[union-attr]
        for trace in root.iter(f"{XES}trace")
    }
    assert traces == Counter(resolved)


@pytest.mark.parametrize("text", ['<a href="x">&\'', "a\tb\r\nc", "\x00\x08\x0b\ud800\ufffe🙂王"])
def test_any_text_comes_through_what_xml_can_hold(text: str) -> None:
    element = xes._elements([("words", "string", text)])
    read = ET.fromstring(element).attrib["value"]  # noqa: S314 - our own
    assert read == re.sub("[\x00\x08\x0b\ud800\ufffe]", "", text)


# -- OCEL ------------------------------------------------------------------------


async def test_pm4py_reads_every_event_and_what_it_touches(lived: Database, tmp_path: Path) -> None:
    content = await body(lived, "ocel")
    found = mined("ocel", tmp_path, content)
    there = await journal(lived)
    assert found["events"] == found["of"] == len(there)
    assert found["kinds"] == Counter(kind for _, kind in there)
    streams = Counter(noun_of(stream) for stream in {stream for stream, _ in there})
    for noun in ("case", "admission"):
        assert found["objects"].get(noun, 0) >= streams[Noun(noun)]
    assert found["objects"]["unit"] >= 5
    assert found["objects"]["person"] >= 5


async def test_object_centric_events_hold_to_the_schema(lived: Database) -> None:
    log = orjson.loads(await body(lived, "ocel"))
    assert set(log) == {"events", "objects", "eventTypes", "objectTypes"}
    ids = [each["id"] for each in log["objects"]]
    assert len(ids) == len(set(ids))
    assert len({each["id"] for each in log["events"]}) == len(log["events"])
    check_types(log["events"], log["eventTypes"])
    check_types(log["objects"], log["objectTypes"])
    for each in (*log["events"], *log["objects"]):
        for related in each["relationships"]:
            assert set(related) == {"objectId", "qualifier"}
    things = (*log["events"], *log["objects"])
    assert {r["objectId"] for each in things for r in each["relationships"]} <= {*ids}
    assert all(datetime.fromisoformat(each["time"]).tzinfo == UTC for each in log["events"])


def check_types(things: list[dict[str, Any]], types: list[dict[str, Any]]) -> None:
    """Every type and every attribute is declared once, and each value is a text of its type."""
    declared = {each["name"]: {a["name"]: a["type"] for a in each["attributes"]} for each in types}
    assert len(declared) == len(types)
    looks = {"integer": r"-?\d+", "boolean": "true|false", "string": r"(?s).*", "time": r"\d{4}-.*"}
    for thing in things:
        for attribute in thing["attributes"]:
            kind = declared[thing["type"]][attribute["name"]]
            assert re.fullmatch(looks[kind], attribute["value"])
            assert kind != "time" or datetime.fromisoformat(attribute["value"]).tzinfo == UTC


async def test_objects_of_a_filter_are_those_its_events_touch(lived: Database) -> None:
    log = orjson.loads(await body(lived, "ocel", Wanted(kinds=["case.resolved"])))
    resolved = {stream for stream, kind in await journal(lived) if kind == "case.resolved"}
    cases = {each["id"].partition(":")[2] for each in log["objects"] if each["type"] == "case"}
    assert cases == resolved
    assert [each["name"] for each in log["eventTypes"]] == ["case.resolved"]


# -- CloudEvents -------------------------------------------------------------------


async def test_cloud_events_carry_what_the_specification_asks_for(lived: Database) -> None:
    *found, end = map(orjson.loads, (await body(lived, "cloudevents")).splitlines())
    there = await journal(lived)
    assert [(each["subject"], each["type"]) for each in found] == there
    for each in (*found, end):
        assert each["specversion"] == "1.0"
        assert all(isinstance(each[name], str) and each[name] for name in ("id", "source", "type"))
        assert each["datacontenttype"] == "application/json"
        assert datetime.fromisoformat(each["time"]).tzinfo == UTC
        assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in each)
    assert len({(each["source"], each["id"]) for each in (*found, end)}) == len(there) + 1
    sequence = [each["sequence"] for each in found]
    assert sequence == sorted(sequence)
    assert (end["type"], end["data"]["events"]) == ("export.complete", len(there))


# -- all of them -------------------------------------------------------------------


@pytest.mark.rule("R7.1")
@pytest.mark.parametrize("form", NAMES)
async def test_no_form_tells_the_words_of_a_dispute(lived: Database, form: FormatName) -> None:
    async with snapshot(lived.engine, RING) as found:
        streams = sorted({stream for stream, _ in await journal(lived)})
        disputes = sorted(await found.disputes(streams))
    requests = [stream for stream in streams if stream not in disputes]
    assert CANARY.encode() not in await body(lived, form, Wanted(streams=disputes))
    assert CANARY.encode() in await body(lived, form, Wanted(streams=requests))


@pytest.mark.parametrize("form", NAMES)
async def test_every_form_can_be_empty(lived: Database, form: FormatName) -> None:
    content = await body(lived, form, Wanted(streams=[]))
    match form:
        case "xes":
            assert ET.fromstring(content).find(f"{XES}trace") is None  # noqa: S314 - our own
        case "ocel":
            assert orjson.loads(content)["events"] == []
        case _:
            assert b"complete" in content
