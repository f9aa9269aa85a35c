"""Runs in a process of their own, which can be killed at any moment."""

import multiprocessing
from contextlib import closing
from functools import partial
from multiprocessing.context import ForkServerProcess

from orchestration.activation import budgets
from orchestration.activation.budgets import RequestBudget
from orchestration.settings import Settings
from tests.contract.conftest import VENDORS, Waits
from tests.unit.activation.world import World

# Everything is imported once, in a process without threads, and each run is a copy of that one.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "pyarrow.compute"])


def started(world: World, vendor: str, host: str) -> ForkServerProcess:
    """Start a run that delivers to a vendor of this process."""
    size = world.destination.max_batch_size
    process = FORKS.Process(target=_run, args=(world.settings, vendor, host, size), daemon=True)
    process.start()
    return process


def _run(settings: Settings, name: str, host: str, batch_size: int) -> None:
    # The process that started this one has done it, and a kill in the middle would spoil it.
    World.compile = lambda _: None
    world, waits = World(settings.home), Waits()
    # As in the process that started this one, whose accounts have the same names.
    budgets.GUESS_COST = 1
    budgets.new_budget = partial(
        RequestBudget, clock=waits.now, sleep=waits.pass_by, wall_clock=waits.now
    )
    world.settings, world.waits, world.budget_seconds = settings, waits, 10**6
    vendor = type("Remote", (VENDORS[name],), {"host": host})()
    world.declaration = vendor.declaration()
    with closing(vendor.destination(settings)) as destination:
        destination.max_batch_size = batch_size
        world.destination = destination
        world.run()
