"""The machine's own Chromium, for whoever drives a browser. None is ever downloaded, and letters
come from the project's fonts alone, so a page looks the same wherever it is drawn.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

SETTING = "TEST_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FONTS = Path(__file__).parents[2] / "reports" / "fonts"
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def found() -> str | None:
    """Path of the browser: the one that is set, or the first that is installed; None for none."""
    named = os.environ.get(SETTING)
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def chromium(executable: str, folder: Path) -> AsyncIterator[Browser]:
    """That browser, running; `folder` takes what belongs to it alone."""
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTCONFIG.format(fonts=FONTS, cache=folder / "fonts"), "utf-8")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=executable,
            chromium_sandbox=os.geteuid() != 0,  # for root Chromium has no sandbox
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        yield running
        await running.close()
