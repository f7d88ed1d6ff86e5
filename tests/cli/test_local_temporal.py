from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

from cli.local.failure import LocalError
from cli.local.temporal import LocalTemporal
from tests.conftest import free_ports


@pytest.fixture
def own(tmp_path: Path) -> Iterator[LocalTemporal]:
    server = LocalTemporal(tmp_path, *free_ports(2), headless=True)
    server.start()
    yield server
    server.stop()


async def test_it_serves_as_soon_as_it_has_started(temporal_server: LocalTemporal) -> None:
    client = await Client.connect(temporal_server.address)
    assert await client.service_client.check_health()


async def test_the_search_attributes_of_a_case_are_registered(
    temporal_server: LocalTemporal,
) -> None:
    client = await Client.connect(temporal_server.address)
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace="default")
    )
    keyword = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
    assert answer.custom_attributes["ShouwenStage"] == keyword
    assert answer.custom_attributes["ShouwenUnit"] == keyword
    moment = IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
    assert answer.custom_attributes["ShouwenDue"] == moment


async def test_a_workflow_waits_on_after_sigkill(own: LocalTemporal) -> None:
    client = await Client.connect(own.address)
    await client.start_workflow("Waiting", id="case-1", task_queue="nobody-listens")
    own.kill()
    own.start()
    client = await Client.connect(own.address)
    described = await client.get_workflow_handle("case-1").describe()
    assert described.status is not None
    assert described.status.name == "RUNNING"


def test_a_port_that_is_taken_is_told_in_one_line(own: LocalTemporal, tmp_path: Path) -> None:
    port = int(own.address.rpartition(":")[2])
    second = LocalTemporal(tmp_path / "second", port, free_ports(1)[0], headless=True)
    with pytest.raises(LocalError) as caught:
        second.start()
    second.stop()
    assert "\n" not in str(caught.value)
