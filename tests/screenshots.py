"""Pictures of the main pages, for the README: an office with the sample town, some stories, and a
browser that looks at what came of them.

``python -m tests.screenshots`` (`make screenshots`) draws docs/pages/*.png again. Letters, words
and case numbers are the same each time; the days on the pages are those on which they are drawn.
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser as Chromium

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from domain.words import Role
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, GRID, forgotten
from tests.pages.browser import Browser
from tests.pages.chromium import chromium, found
from tests.pages.manners import EVERYWHERE, Manner

FOLDER = Path(__file__).parents[1] / "docs" / "pages"
KEY = bytes(range(32))
MOST = 120_000
"""Bytes of one picture."""
COLOURS = (128, 64, 32, 16)


@dataclass(frozen=True, slots=True)
class Shot:
    """One page as one person sees it, nobody in particular, or who holds the receipt; {case} is a
    case of theirs.
    """

    name: str
    path: str
    who: str | Role | None = None


SHOTS = (
    Shot("start", "/"),
    Shot("report", "/report"),
    Shot("mine", "/mine/{case}"),
    Shot("worklist", "/desk", CLERK),
    Shot("case", "/desk/cases/{case}", CLERK),
    Shot("call", "/desk/cases/new", CLERK),
    Shot("board", "/board", Role.SUPERVISOR),
    Shot("map", "/board/map", Role.AUDITOR),
    Shot("audit", "/board/cases/{case}", Role.AUDITOR),
    Shot("admin", "/admin", Role.ADMINISTRATOR),
)
TOLD = (
    ("c07-02", "楼道灯不亮", "三单元楼道灯坏了一周，老人上下楼不方便。"),
    ("c01-01", "楼道堆满杂物", "二单元楼道堆满杂物，消防通道被堵。"),
    ("c07-03", "电动车飞线充电", "有人从三楼窗户拉线下来给电动车充电。"),
    ("c08-01", "燃气味很重", "一楼楼道里有很重的燃气味，已经打开窗户。"),
    ("c09-01", "下水道反水", "一楼下水道反水，物业来过一次没有解决。"),
)
EMERGENCY = 3
"""Which of them is one."""


async def main(folder: Path) -> None:
    """Draw every picture into the folder; those that are no longer drawn go."""
    executable = found()
    if executable is None:
        sys.exit("no browser is installed: apt-get install chromium")
    with TemporaryDirectory(prefix="shouwen-pictures-") as above:
        Path(above).chmod(0o711)
        async with _office(Path(above)) as office, chromium(executable, Path(above)) as windows:
            receipt = await _stories(office)
            drawn = [
                await _draw(office, windows, shot, manner, receipt)
                for shot in SHOTS
                for manner in EVERYWHERE
            ]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, picture in drawn:
        (folder / name).write_bytes(picture)
        print(f"{len(picture):>7} {name}")  # noqa: T201 - what was done


@asynccontextmanager
async def _office(above: Path) -> AsyncIterator[Office]:
    postgres = LocalPostgres(above, durable=False)
    temporal = LocalTemporal(above, *free_ports(2), headless=True)
    postgres.start()
    temporal.start()
    try:
        await create_database(postgres, "pictures")
        async with open_office(postgres, temporal, above, "pictures", key=KEY) as office:
            yield office
    finally:
        temporal.stop()
        postgres.stop()


Receipt = dict[str, str]


async def _stories(office: Office) -> Receipt:
    """A worklist with something of everything; the receipt of the case opened in the pictures."""
    receipts = [await _opened(office, number) for number in range(len(TOLD))]
    first, accepted, handed, _, settled = (receipt["case_id"] for receipt in receipts)
    await office.in_charge(first, "record_progress", text="已联系物业，电工今天下午到。")
    for case_id in (accepted, handed):
        await office.in_charge(case_id, "hand_over")
    await office.in_charge(accepted, "accept")
    await office.in_charge(settled, "resolve", text="已疏通", evidence=["photo-1"])
    await forgotten(office, days=6)
    return receipts[0]


async def _opened(office: Office, number: int) -> Receipt:
    """A request at the counter, under the number that its key gives it; what proves it."""
    item_id, title, text = TOLD[number]
    body = {
        "channel": "counter",
        "item_id": item_id,
        "title": title,
        "text": text,
        "urgency": "emergency" if number == EMERGENCY else "normal",
        "place": {"unit_id": GRID, "address": f"柳荫里{number + 1}号楼"},
        "reporter": {"name": "王建国", "phone": f"1990000123{number}"},
    }
    headers = await office.as_person(CLERK)
    answer = await office.post("/api/v1/cases", body, headers, key=f"picture-{number:04}")
    assert answer.is_success, answer.text
    found: Receipt = answer.json()["receipt"]
    return found


async def _draw(
    office: Office, windows: Chromium, shot: Shot, manner: Manner, receipt: Receipt
) -> tuple[str, bytes]:
    browser = Browser(windows, office)
    visitor = await browser.visitor(manner)
    match shot.who:
        case Role() as role:
            await visitor.sign_in_as(role)
        case str() as person_id:
            await visitor.sign_in(person_id)
        case None:
            await visitor.show(receipt["secret"], f"/mine/{receipt['case_id']}")
    await visitor.go(shot.path.format(case=receipt["case_id"]))
    picture = await visitor.page.screenshot(animations="disabled")
    faults = await browser.leave()
    assert not faults, "\n".join(faults)
    return f"{shot.name}-{manner}.png", _small(picture)


def _small(picture: bytes) -> bytes:
    """The same with few colours, as few as it needs to be small."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        made = BytesIO()
        few = image.quantize(colours, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
        if made.tell() <= MOST:
            break
    return made.getvalue()


if __name__ == "__main__":
    asyncio.run(main(FOLDER))
