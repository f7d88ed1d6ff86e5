import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cli.local import folder, ports
from cli.local.failure import LocalError
from cli.local.resolve import need_log_key, owner_url, resolve
from settings import load_settings
from tests.conftest import free_ports


def test_a_second_copy_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    folder.prepare(tmp_path)
    with folder.only_one(tmp_path), pytest.raises(LocalError) as caught, folder.only_one(tmp_path):
        pass
    assert f"process {os.getpid()}" in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_the_folder_is_free_again_after_its_holder_was_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from cli.local import folder\n"
        "with folder.only_one(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    with folder.only_one(tmp_path):
        assert (tmp_path / "lock").read_text() == str(os.getpid())


@pytest.mark.parametrize(
    "name", ["SHOUWEN_PORT", "SHOUWEN_TEMPORAL_PORT", "SHOUWEN_TEMPORAL_UI_PORT"]
)
def test_a_busy_port_is_one_line_with_the_variable_to_change(name: str) -> None:
    three = dict(
        zip(
            ["SHOUWEN_PORT", "SHOUWEN_TEMPORAL_PORT", "SHOUWEN_TEMPORAL_UI_PORT"],
            map(str, free_ports(3)),
            strict=True,
        )
    )
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(three[name])))
        other.listen()
        with pytest.raises(LocalError) as caught:
            ports.check(load_settings(three))
    assert f"Port {three[name]} is busy" in str(caught.value)
    assert f"Set {name} to" in str(caught.value)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(
        LocalError, match=r"SHOUWEN_HOST=192\.0\.2\.1 is not an address of this machine"
    ):
        ports.check(load_settings({"SHOUWEN_HOST": "192.0.2.1"}))


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(LocalError) as caught:
        folder.prepare(tmp_path / "data")
    assert "\n" not in str(caught.value)


def test_the_master_key_is_made_once_and_kept(tmp_path: Path) -> None:
    folder.prepare(tmp_path)
    assert folder.master_key(tmp_path) == folder.master_key(tmp_path)


def test_only_run_makes_a_master_key(tmp_path: Path) -> None:
    settings = load_settings(
        {"SHOUWEN_DATA": str(tmp_path), "SHOUWEN_DATABASE_URL": "postgresql://u:p@h:1/d"}
    )
    with pytest.raises(LocalError, match="SHOUWEN_MASTER_KEY is not set"):
        resolve(settings)
    assert resolve(settings, make_key=True).master_key == resolve(settings).master_key


def test_the_key_of_the_log_is_made_by_run_and_needed_by_a_worker(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "SHOUWEN_DATA": str(tmp_path),
            "SHOUWEN_DATABASE_URL": "postgresql://u:p@h:1/d",
            "SHOUWEN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        }
    )
    with pytest.raises(LocalError, match="SHOUWEN_LOG_KEY is not set"):
        need_log_key(resolve(settings))
    made = resolve(settings, make_key=True)
    need_log_key(made)
    assert resolve(settings).log_key == made.log_key


def test_migrations_on_a_server_of_ones_own_need_its_owner() -> None:
    with pytest.raises(LocalError, match="SHOUWEN_DATABASE_OWNER_URL is needed"):
        owner_url(load_settings({"SHOUWEN_DATABASE_URL": "postgresql://u:p@h:1/d"}))


def test_without_a_local_server_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="start `shouwen run`, or set SHOUWEN_DATABASE_URL"):
        resolve(load_settings({"SHOUWEN_DATA": str(tmp_path)}))
