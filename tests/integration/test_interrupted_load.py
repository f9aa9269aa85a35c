"""A load that is killed in the middle."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from orchestration.ingestion.runs import start_run
from orchestration.settings import PROJECT_DIR
from orchestration.warehouse import connect
from tests.loading import load_folder

LOADER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from orchestration.ingestion import pace
from orchestration.ingestion.runs import start_run
from orchestration.warehouse import connect
from tests.loading import load_folder

def wait_in_the_middle(file_name, row_count):
    if file_name == "crm/contacts/2.csv":
        print(row_count, flush=True)
        time.sleep(60)

pace.ROWS_PER_BATCH = 1
warehouse = connect(sys.argv[1])
run = start_run(warehouse, lambda: datetime.now(UTC))
load_folder(warehouse, Path(sys.argv[2]), run, wait_in_the_middle)
"""

COUNTS = """
    select
        (select count(*) from raw_crm.contacts),
        (select count(distinct contact_id) from raw_crm.contacts),
        (select count(*) from quarantine.crm_contacts),
        (select sum(rows_read) from raw_onefold.loaded_files where source_name = 'crm')
"""


def test_killed_load_leaves_nothing_and_the_next_one_is_right(tmp_path: Path) -> None:
    """After kill -9 in the second file of a table, the next load holds every row once."""
    folder = tmp_path / "raw" / "crm" / "contacts"
    folder.mkdir(parents=True)
    for part in (1, 2):
        rows = "".join(f"C{part}{number},a\n" for number in range(1000))
        (folder / f"{part}.csv").write_text("contact_id,email\n" + rows + ",no key\n")
    path = tmp_path / "warehouse.duckdb"

    with subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path), str(tmp_path / "raw")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_DIR,
    ) as loader:
        assert loader.stdout is not None
        assert int(loader.stdout.readline()) > 0
        loader.send_signal(signal.SIGKILL)

    with connect(path) as warehouse:
        assert warehouse.execute(COUNTS).fetchall() == [(0, 0, 0, None)]
        load_folder(warehouse, tmp_path / "raw", start_run(warehouse, lambda: datetime.now(UTC)))
        assert warehouse.execute(COUNTS).fetchall() == [(2000, 2000, 2, 2002)]
