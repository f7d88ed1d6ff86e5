"""Whether our ports are free, asked before anything is started: a refusal can be one line."""

import errno
import socket
from collections.abc import Iterable

from cli.local.failure import LocalError, from_os_error
from cli.local.temporal import HOST
from settings import Settings, variable


def check(settings: Settings) -> None:
    """LocalError naming the port and the variable that changes it, if one is taken."""
    _check_host(settings)
    for host, port, field in _wanted(settings):
        try:
            _try(host, port)
        except OSError as error:
            raise _refusal(error, port, variable(field)) from None


def _wanted(settings: Settings) -> Iterable[tuple[str, int, str]]:
    yield settings.host, settings.port, "port"
    if settings.temporal_address is None:
        yield HOST, settings.temporal_port, "temporal_port"
        yield HOST, settings.temporal_ui_port, "temporal_ui_port"


def _check_host(settings: Settings) -> None:
    try:
        _try(settings.host, 0)
    except OSError:
        raise LocalError(
            f"{variable('host')}={settings.host} is not an address of this machine"
        ) from None


def _try(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        # As servers do it; without it a port in TIME_WAIT after a restart would count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _refusal(error: OSError, port: int, name: str) -> LocalError:
    if error.errno == errno.EADDRINUSE:
        return LocalError(
            f"Port {port} is busy: another program holds it. Set {name} to a free one."
        )
    if error.errno == errno.EACCES:
        return LocalError(f"Port {port} may not be used without root. Set {name} to 1024 or more.")
    return from_os_error(error, f"opening port {port} ({name})")
