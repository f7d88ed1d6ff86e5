"""A server that speaks S3, as a process of its own that a test may stop."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

from store.files.vault import Bucket
from tests.conftest import free_ports

MOTO = (
    "from moto.server import ThreadedMotoServer as S; import time, sys;"
    "S(ip_address='127.0.0.1', port=int(sys.argv[1])).start(); time.sleep(3600)"
)


@contextmanager
def s3_server() -> Iterator[tuple[subprocess.Popen[bytes], Bucket]]:
    """A server that speaks S3, in a process of its own, with an empty bucket."""
    (port,) = free_ports(1)
    process = subprocess.Popen([sys.executable, "-c", MOTO, str(port)], stderr=subprocess.DEVNULL)
    endpoint, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            made = httpx.put(f"{endpoint}/files", headers={"Authorization": "AWS4 Credential=x/y/"})
            assert made.status_code == 200, made.text
            break
    bucket = Bucket(
        name="files", endpoint=endpoint, region="us-east-1", key_id="key", secret_key="secret"
    )
    yield process, bucket
    process.kill()
    process.wait()
