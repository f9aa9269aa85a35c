"""Deliveries: planning, sending and memory, each against a named floor in the same run.

- Plan: a dry run for people of whom one in a hundred changed, left or came, against DuckDB's full
  outer join of the model with the rows that are held, as a table of their own. CPU seconds.
- Send: all rows to a receiver in a process of its own, against a bare httpx loop that posts the
  same batches, rendering included. CPU seconds, planning included, the receiver not.
- In flight: the same with a receiver that takes 200 ms to answer, eight batches at once and one.
- Unchanged: requests of a second run.
- Memory: highest resident memory of a process while it plans for all people, and of one while it
  sends to all of them (Linux only).

    python benchmarks/delivery.py --people 1000000 --rows 100000

Ends with 1 where an aim is missed.
"""

import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Annotated

import httpx
import typer

from orchestration.activation.checkpoints import write_checkpoint
from orchestration.activation.compiled import compiled_model
from orchestration.activation.destinations.webhook import WebhookDestination
from orchestration.activation.destinations.webhook.limits import MAX_BATCH_SIZE
from orchestration.activation.ledger import Ledger
from orchestration.activation.outbound import OutboundClient
from orchestration.activation.runs import Run
from orchestration.warehouse import attached, connect
from tests.unit.activation.world import MODEL_NAME, World

SECRET = "benchmark"  # noqa: S105 - of no receiver
LATENCY_SECONDS = 0.2
AIMS = {
    "plan": 3.0,
    "send": 2.0,
    "in flight": 6.0,
    "unchanged": 0,
    "memory of a plan": 500,
    "memory of a run": 500,
}
FILL = Path(__file__).with_name("delivery.sql").read_text(encoding="utf-8")


class Receiver(BaseHTTPRequestHandler):
    """Takes everything in, after a while."""

    protocol_version = "HTTP/1.1"
    latency = 0.0
    count = 0

    def do_POST(self) -> None:
        """Answer with nothing, which is yes."""
        self.rfile.read(int(self.headers["content-length"]))
        type(self).count += 1
        time.sleep(self.latency)
        self._answer(b"")

    def do_GET(self) -> None:
        """Tell how many batches came."""
        self._answer(str(type(self).count).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited
        """Say nothing."""


def receive(latency: float, told: Connection) -> None:
    """Run a receiver until the process ends."""
    Receiver.latency = latency
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    told.send(server.server_port)
    server.serve_forever()


@contextmanager
def receiver(latency: float = 0.0) -> Iterator[str]:
    """Run a receiver in a process of its own, and return its address."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=receive, args=(latency, theirs), daemon=True
    )
    process.start()
    try:
        yield f"http://127.0.0.1:{mine.recv()}"
    finally:
        process.kill()
        process.join()


@contextmanager
def company(people: int) -> Iterator[World]:
    """Return a company of so many consenting people, who were not delivered yet."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.consent({})
        _fill("consents", world.settings.published_path, people)
        publish(world, "first_rows", people)
        yield world


def publish(world: World, rows: str, people: int) -> None:
    """Hand over a snapshot."""
    path = world.settings.snapshots_path / f"{rows}.duckdb"
    _fill(rows, path, people)
    with connect(path) as connection:
        world.digest_rows(connection)


def _fill(name: str, path: Path, people: int) -> None:
    with connect(path) as connection:
        for each in _statements(name, people):
            connection.execute(each)


def _statements(name: str, people: int = 0) -> list[str]:
    """Return the statements of a part of the file, which begins with its name."""
    text = FILL.partition(f"-- {name}\n")[2].partition("\n--")[0]
    return text.format(model=MODEL_NAME, people=people).split(";")


def note_as_delivered(world: World) -> None:
    """Write into the ledger what a first run would, as its own checkpoint rule has it."""
    snapshot = world.settings.snapshots_path / "first_rows.duckdb"
    with Ledger(world.settings).session("Filling the ledger", snapshot=snapshot) as connection:
        version = world.declaration.row_version(world.destination.render_version)
        for each in _statements("deliveries"):
            connection.execute(each, {"version": version} if "$version" in each else None)
        state = compiled_model(world.settings, "delivered_state")
        write_checkpoint(connection, Run(world.declaration.name, 1, "", "done"), state)


def plan_ratio(people: int) -> float:
    """Return what a dry run costs by the cost of one full outer join."""
    with company(people) as world:
        note_as_delivered(world)
        publish(world, "second_rows", people)
        (world.settings.snapshots_path / "first_rows.duckdb").rename(world.settings.home / "held")
        floor = min(_cpu(lambda: _join(world)) for _ in range(3))
        cost = min(_cpu(world.plan) for _ in range(3))
        print(f"plan of {people:,}: {cost:.2f} s, a full outer join {floor:.2f} s")
        return cost / floor


def _join(world: World) -> None:
    snapshot = world.settings.snapshots_path / "second_rows.duckdb"
    with (
        connect(snapshot, read_only=True) as opened,
        attached(opened, world.settings.home / "held", "held"),
    ):
        opened.execute(*_statements("join"))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@contextmanager
def webhook(world: World, url: str, in_flight: int = 8) -> Iterator[World]:
    """Let a company deliver to a receiver."""
    client = OutboundClient(allow_hosts="127.0.0.1", timeout_seconds=30, max_answer_bytes=10_000)
    with closing(WebhookDestination(client, f"{url}/batches", SECRET)) as destination:
        destination.max_in_flight = in_flight
        world.destination = destination
        yield world


def send_ratio(rows: int) -> tuple[float, int]:
    """Return the cost of a run by that of a bare loop, and the requests of a second run."""
    with company(rows) as world, receiver() as url, webhook(world, url):
        floor = min(_cpu(lambda: _post_bare(world, url)) for _ in range(2))
        before = int(httpx.get(url).text)
        cost = _cpu(lambda: _must_be_done(world))
        sent = int(httpx.get(url).text)
        world.run()
        unchanged = int(httpx.get(url).text) - sent
        print(
            f"{rows:,} rows in {sent - before} batches: {cost:.2f} s, "
            f"a bare loop {floor:.2f} s; unchanged: {unchanged} requests"
        )
        return cost / floor, unchanged


def _post_bare(world: World, url: str) -> None:
    with connect(world.settings.snapshots_path / "first_rows.duckdb", read_only=True) as opened:
        found = opened.execute(*_statements("rows"))
        with httpx.Client() as client:
            while batch := found.fetchmany(MAX_BATCH_SIZE):
                operations = [
                    {"op": "upsert", "key": key, "fields": {"email": email}} for key, email in batch
                ]
                body = {"sync": world.declaration.name, "operations": operations}
                client.post(url, content=json.dumps(body, sort_keys=True))


def in_flight_ratio(batches: int) -> float:
    """Return how much sooner eight batches at once are done than one, with a slow receiver."""
    seconds = {}
    for in_flight in (1, 8):
        with (
            company(batches * MAX_BATCH_SIZE) as world,
            receiver(LATENCY_SECONDS) as url,
            webhook(world, url, in_flight),
        ):
            seconds[in_flight] = _wall(lambda world=world: _must_be_done(world))
    print(
        f"{batches} batches at {LATENCY_SECONDS:.1f} s: one in flight {seconds[1]:.1f} s, "
        f"eight {seconds[8]:.1f} s"
    )
    return seconds[1] / seconds[8]


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _must_be_done(world: World) -> None:
    report = world.run()
    if report.status != "done":
        raise SystemExit(f"The run is {report.status}: {report.reason}")


def memory(people: int, part: str) -> float:
    """Return the highest resident memory, in megabytes, of a process that does a part."""
    command = [sys.executable, __file__, "--people", str(people), "--part", part]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout.splitlines()[-1])


def _plan_alone(people: int) -> None:
    with company(people) as world:
        note_as_delivered(world)
        publish(world, "second_rows", people)
        _print_peak(world.plan)


def _run_alone(people: int) -> None:
    with company(people) as world, receiver() as url, webhook(world, url):
        _print_peak(lambda: _must_be_done(world))


def _print_peak(work: Callable[[], object]) -> None:
    # Forgets how much the preparations took.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    work()
    (line,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    print(int(line) / 1024)


ALONE = {"memory of a plan": _plan_alone, "memory of a run": _run_alone}


def main(
    people: Annotated[int, typer.Option(help="People of the plan and of the memory.")] = 1_000_000,
    rows: Annotated[int, typer.Option(help="Rows that are sent.")] = 100_000,
    part: Annotated[str, typer.Option(help="Only this part.")] = "all",
) -> None:
    """Print seconds and ratios."""
    if part in ALONE:
        ALONE[part](people)
        return
    found: dict[str, float] = {}
    if part in {"all", "plan"}:
        found["plan"] = plan_ratio(people)
    if part in {"all", "send"}:
        found["send"], found["unchanged"] = send_ratio(rows)
    if part in {"all", "in flight"}:
        found["in flight"] = in_flight_ratio(100)
    if part == "all":
        found |= {name: memory(people, name) for name in ALONE}

    for name, figure in found.items():
        print(f"{name}: {figure:.1f} (aim {AIMS[name]:g})")
    is_missed = [
        figure < AIMS[name] if name == "in flight" else figure > AIMS[name]
        for name, figure in found.items()
    ]
    raise SystemExit(any(is_missed))


if __name__ == "__main__":
    typer.run(main)
