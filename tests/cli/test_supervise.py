from pathlib import Path

from cli.local.failure import LocalError
from cli.local.supervise import Supervisor


class Pretended:
    def __init__(self, name: str, book: list[str]) -> None:
        self.name = name
        self.log = Path("/log") / name
        self.alive = True
        self.refuses = False
        self._book = book

    def start(self) -> None:
        if self.refuses:
            raise LocalError(f"{self.name} refuses")
        self._book.append(f"start {self.name}")
        self.alive = True

    def stop(self) -> None:
        self._book.append(f"stop {self.name}")

    def kill(self) -> None:
        self._book.append(f"kill {self.name}")


class Town:
    def __init__(self, *names: str) -> None:
        self.now = 0.0
        self.book: list[str] = []
        self.said: list[str] = []
        self.supervisor = Supervisor(say=self.said.append, clock=lambda: self.now)
        self.servers = [Pretended(name, self.book) for name in names]
        for server in self.servers:
            self.supervisor.add(server)

    def pass_seconds(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += 0.25
            self.supervisor.check()


def test_servers_stop_in_the_reverse_order_of_their_start() -> None:
    town = Town("postgres", "temporal", "worker", "api")
    town.supervisor.stop()
    assert town.book == ["stop api", "stop worker", "stop temporal", "stop postgres"]


def test_a_server_that_ends_is_started_again_after_a_second_and_one_line() -> None:
    town = Town("worker")
    town.servers[0].alive = False
    town.pass_seconds(0.5)
    assert town.book == []
    town.pass_seconds(1)
    assert town.book == ["start worker"]
    assert town.said == [
        "worker ended unexpectedly; starting worker again in 1 s (log: /log/worker)"
    ]


def test_a_server_that_keeps_ending_waits_longer_each_time() -> None:
    town = Town("worker")
    for _ in range(8):
        town.servers[0].alive = False
        town.pass_seconds(31)
    pauses = [line.split(" again in ")[1].split(" s")[0] for line in town.said]
    assert pauses == ["1", "2", "4", "8", "16", "30", "30", "30"]


def test_a_server_that_ran_a_while_starts_again_soon() -> None:
    town = Town("worker")
    for _ in range(2):
        town.servers[0].alive = False
        town.pass_seconds(100)
    assert [" in 1 s" in line for line in town.said] == [True, True]


def test_a_server_that_cannot_start_is_tried_again_with_its_reason_told() -> None:
    town = Town("postgres")
    town.servers[0].alive = False
    town.servers[0].refuses = True
    town.pass_seconds(2)
    assert town.said[-1].startswith("postgres refuses; starting postgres again in 2 s")
    town.servers[0].refuses = False
    town.pass_seconds(3)
    assert town.book == ["start postgres"]
