import base64
import subprocess
import sys
from pathlib import Path

import pytest

from settings import SettingsError, as_environ, load_settings, markdown_table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("SHOUWEN_PORT", "80000", "1 to 65535"),
        ("SHOUWEN_PORT", "http", "1 to 65535"),
        ("SHOUWEN_SESSION_HOURS", "0", "1 to 168"),
        ("SHOUWEN_LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("SHOUWEN_TEMPORAL_ADDRESS", "temporal", "host:port"),
    ],
)
def test_a_wrong_value_is_one_line_with_variable_value_and_what_is_allowed(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({name: value})
    assert str(caught.value) == f"{name}={value} is not valid; allowed: {allowed}"


def test_a_wrong_secret_is_not_repeated() -> None:
    for name in ("SHOUWEN_MASTER_KEY", "SHOUWEN_DATABASE_URL"):
        with pytest.raises(SettingsError) as caught:
            load_settings({name: "hunter2"})
        assert "hunter2" not in str(caught.value)
        assert str(caught.value).startswith(f"{name}=… is not valid; allowed: ")


def test_a_misspelt_variable_is_refused_with_a_guess() -> None:
    with pytest.raises(
        SettingsError, match=r"SHOUWEN_PROT is not a setting; did you mean SHOUWEN_PORT"
    ):
        load_settings({"SHOUWEN_PROT": "8001"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOUWEN_SMTP_FROM", "shouwen"),
        ("SHOUWEN_SMTP_TLS", "perhaps"),
        ("SHOUWEN_LANGUAGE", "latin"),
    ],
)
def test_a_wrong_channel_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}={value} is not valid; allowed: "):
        load_settings({name: value})


SECRET = "whsec_" + base64.b64encode(bytes(24)).decode()


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://sms.example.gov/", SECRET),
        ("ftp://gateway/", SECRET),
        ("https:///nowhere", SECRET),
        ("https://sms.example.gov/", "whsec_short"),
        ("https://sms.example.gov/", base64.b64encode(bytes(24)).decode()),
        ("https://sms.example.gov/", f"{SECRET},"),
    ],
)
def test_a_gateway_that_would_be_unsafe_is_refused_and_not_repeated(url: str, secret: str) -> None:
    with pytest.raises(SettingsError, match=r"SHOUWEN_SMS_WEBHOOK_(URL|SECRET)=… is not valid"):
        load_settings({"SHOUWEN_SMS_WEBHOOK_URL": url, "SHOUWEN_SMS_WEBHOOK_SECRET": secret})


@pytest.mark.parametrize(
    "url", ["https://sms.example.gov/x?key=1", "http://gateway:8080/", "http://127.0.0.1:9/"]
)
def test_a_gateway_has_a_safe_address_and_may_have_two_secrets(url: str) -> None:
    both = f"{SECRET}, {SECRET}"
    given = {"SHOUWEN_SMS_WEBHOOK_URL": url, "SHOUWEN_SMS_WEBHOOK_SECRET": both}
    assert load_settings(given).sms_webhook_secret == f"{SECRET},{SECRET}"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SMTP_ADDRESS": "mail:25"}, "SHOUWEN_SMTP_ADDRESS needs SHOUWEN_SMTP_FROM"),
        ({"SMTP_USER": "u"}, "SHOUWEN_SMTP_USER needs SHOUWEN_SMTP_PASSWORD"),
        (
            {"CHAT_WEBHOOK_URL": "https://a.b/"},
            "SHOUWEN_CHAT_WEBHOOK_URL needs SHOUWEN_CHAT_WEBHOOK_SECRET",
        ),
        (
            {"SMTP_USER": "u", "SMTP_PASSWORD": "p", "SMTP_TLS": "none"},
            "SHOUWEN_SMTP_TLS=none would send the password in the clear",
        ),
    ],
)
def test_half_a_channel_is_none(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"SHOUWEN_{name}": value for name, value in given.items()})
    assert str(caught.value) == told


def test_an_empty_file_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("\n")
    given = {"SHOUWEN_SMTP_PASSWORD_FILE": str(tmp_path / "password")}
    assert load_settings(given) == load_settings({})


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    key = base64.b64encode(bytes(32)).decode()
    (tmp_path / "key").write_text(key + "\n")
    assert load_settings({"SHOUWEN_MASTER_KEY_FILE": str(tmp_path / "key")}).master_key == key


def test_older_master_keys_follow_after_commas(tmp_path: Path) -> None:
    new, old = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    (tmp_path / "keys").write_text(f"{new},\n{old}\n")
    ring = load_settings({"SHOUWEN_MASTER_KEY_FILE": str(tmp_path / "keys")}).master_key
    assert ring == f"{new},{old}"
    for wrong in (f"{new},", f"{new};{old}", f"{new},{old[:-8]}", ","):
        with pytest.raises(SettingsError, match="SHOUWEN_MASTER_KEY=… is not valid"):
            load_settings({"SHOUWEN_MASTER_KEY": wrong})


def test_a_value_and_a_file_at_once_are_refused(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("1")
    with pytest.raises(SettingsError, match="set one of them"):
        load_settings({"SHOUWEN_PORT": "1", "SHOUWEN_PORT_FILE": str(tmp_path / "port")})


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(SettingsError, match="SHOUWEN_PORT_FILE=/nowhere: cannot be read"):
        load_settings({"SHOUWEN_PORT_FILE": "/nowhere"})


def test_defaults_follow_what_is_set() -> None:
    settings = load_settings({"SHOUWEN_PORT": "81", "SHOUWEN_TEMPORAL_PORT": "7000"})
    assert settings.public_url == "http://127.0.0.1:81"
    assert settings.temporal_ui_port == 8000
    assert load_settings({"SHOUWEN_TEMPORAL_PORT": "65000"}).temporal_ui_port == 64000


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load_settings({"SHOUWEN_DATABASE_URL": "", "SHOUWEN_PORT": ""}) == load_settings({})


def test_a_child_process_reads_the_same_settings_again() -> None:
    settings = load_settings({"SHOUWEN_PORT": "81", "SHOUWEN_LOG_LEVEL": "WARNING"})
    assert load_settings(as_environ(settings)) == settings


def test_secrets_are_not_in_the_representation() -> None:
    settings = load_settings({"SHOUWEN_DATABASE_URL": "postgresql://u:hunter2@h:5432/d"})
    assert "hunter2" not in repr(settings)


def test_the_documentation_lists_every_setting() -> None:
    # After a change: .venv/bin/shouwen settings --markdown, pasted over the table.
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert markdown_table() in documented


def test_the_command_line_shows_a_wrong_setting_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "run"],
        env={"SHOUWEN_PORT": "none", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "SHOUWEN_PORT=none is not valid; allowed: 1 to 65535\n"
