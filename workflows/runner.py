"""A workflow runner that answers for the sandbox where the answer is always the same."""

from typing import Any

from temporalio.converter import (
    SerializationContext,
    StorageDriverStoreContext,
    WorkflowSerializationContext,
)
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info


class OneContext(WorkflowRunner):
    """A runner whose workflows seal every payload under their own id.

    The sandbox computes the context of each payload, several times over, by compiling and running
    code inside: a third of the worker's time. Our workflows send nothing to other workflows, so
    the answer is always the same one.
    """

    def __init__(self, runner: WorkflowRunner) -> None:
        self._runner = runner

    def prepare_workflow(self, defn: Any) -> None:  # noqa: ANN401 - a private type of the SDK's
        """As the runner inside."""
        self._runner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """The instance of the runner inside, its contexts answered here."""
        return _OneContextInstance(self._runner.create_instance(det), det)


class _OneContextInstance(WorkflowInstance):
    def __init__(self, inside: WorkflowInstance, det: WorkflowInstanceDetails) -> None:
        self._inside = inside
        info = det.info
        self._serialization = WorkflowSerializationContext(
            namespace=info.namespace, workflow_id=info.workflow_id
        )
        self._storage = StorageDriverStoreContext(target=None)

    def activate(self, act: Any) -> Any:  # noqa: ANN401 - the SDK's own messages
        return self._inside.activate(act)

    def get_serialization_context(self, command_info: Any) -> SerializationContext | None:  # noqa: ANN401, ARG002
        return self._serialization

    def get_external_store_context(self, command_info: Any) -> StorageDriverStoreContext:  # noqa: ANN401, ARG002
        return self._storage

    def get_info(self) -> Info:
        return self._inside.get_info()

    def get_thread_id(self) -> int | None:
        return self._inside.get_thread_id()
