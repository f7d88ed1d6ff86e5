"""The lines of README.md that speak to the API, sent as they stand there."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.office import ROOT, Office
from tests.e2e.scenes import disputes, whistle

SECRETS = ("Receipt", "Partner", "Party")


def lines() -> list[str]:
    """Every curl of the README, in its order, each on one line."""
    blocks = re.findall(
        r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    told = "\n".join(blocks).replace("\\\n", " ")
    return re.findall(r"^curl .*?(?=^curl |^make |\Z)", told, re.MULTILINE | re.DOTALL)


def send(office: Office, folder: Path, line: str) -> dict[str, Any]:
    """What the API answers to the line, typed into a shell."""
    here = line.replace("http://127.0.0.1:8000", str(office.http.base_url).rstrip("/"))
    done = subprocess.run(
        ["/bin/sh", "-c", here], cwd=folder, check=True, capture_output=True, timeout=60
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed here")
async def test_every_line_of_the_readme_does_what_it_says(office: Office, tmp_path: Path) -> None:
    password = (office.settings.data / "secrets" / "sample-password").read_text().strip()
    here = await whistle.whistled(office)
    there = await disputes.quarrel(office)
    known = {
        "Partner": (
            here.case_id,
            office.ring.partner_secret(here.case_id, "summons-2", "jinhe-wuye"),
        ),
        "Party": (there.case_id, office.ring.party_secret(there.case_id, "party-1")),
    }
    answered = 0
    for line in lines():
        kind = next((word for word in SECRETS if f"Authorization: {word}" in line), "Receipt")
        number, secret = known.get(kind, ("", ""))
        typed = line.replace("CASE_NUMBER", number).replace("SECRET", secret)
        answer = send(office, tmp_path, typed.replace("PASSWORD", password))
        assert "code" not in answer, (line, answer)
        if "receipt" in answer:
            known["Receipt"] = (answer["receipt"]["case_id"], answer["receipt"]["secret"])
        answered += 1
    assert answered >= 9  # fewer means that the README is no longer read
