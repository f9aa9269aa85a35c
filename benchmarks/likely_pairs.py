"""People found from typing errors alone: `ONEFOLD_IDENTITY_INFERENCE=on` on records with truth.

FEBRL3 and fake_1000 lie, with their licences, in a folder of CSV files: `NAME.csv` with record_id,
names, birth_date and what else a contact has, `NAME_truth.csv` with record_id and entity_id.

    python benchmarks/likely_pairs.py FOLDER

Peers, pairwise F1: on fake_1000 Splink 5 alone reaches 0.914, on FEBRL3 0.996. Wall seconds
of a whole run, with inference and, as the floor, without.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

NAMES = ("febrl3", "fake_1000")
DETAILS = ("first_name", "last_name", "birth_date", "email", "city", "region", "postcode")
PROGRAM = Path(sys.executable).with_name("onefold")
QUALITY = """
    select pairwise_precision, pairwise_recall, pairwise_f1
    from marts.identity_quality
    where scope = 'all'
"""


def main(people: Annotated[Path, typer.Argument(help="Folder of the data sets.")]) -> None:
    """Print how well people are found, and what it costs."""
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            write_landing(people, name, home)
            without = run(home, "off")
            found = run(home, "on")
        print(
            f"{name}: pairwise precision {found['precision']:.4f}, recall {found['recall']:.4f},"
            f" F1 {found['f1']:.4f}; by rules alone F1 {without['f1']:.4f};"
            f" run {found['seconds'] / without['seconds']:.1f} x {without['seconds']:.0f} s"
        )


def write_landing(people: Path, name: str, home: Path) -> None:
    """Write a data set as contacts of a CRM, with the truth beside them."""
    contacts = [
        {
            "contact_id": row["record_id"],
            **{detail: row.get(detail, "") for detail in DETAILS},
            "street": f"{row.get('street_number', '')} {row.get('street', '')}".strip(),
        }
        for row in rows_of(people / f"{name}.csv")
    ]
    truth = [
        {
            "source_name": "crm",
            "record_type": "contact",
            "record_id": row["record_id"],
            "entity_id": row["entity_id"],
        }
        for row in rows_of(people / f"{name}_truth.csv")
    ]
    write_rows(home / "raw" / "crm" / "contacts.csv", contacts)
    write_rows(home / "truth" / "records.csv", truth)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a CSV file."""
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def run(home: Path, inference: str) -> dict[str, Any]:
    """Run everything in a state directory; return how well and in what time people were found."""
    environment = os.environ | {
        "ONEFOLD_HOME": str(home / f"state-{inference}"),
        "ONEFOLD_IDENTITY_INFERENCE": inference,
    }
    command = [str(PROGRAM), "run", "--no-sync", "--json"]
    command += ["--raw", str(home / "raw"), "--truth", str(home / "truth")]
    start = time.monotonic()
    subprocess.run(command, env=environment, capture_output=True, check=False)
    seconds = time.monotonic() - start
    # Rules alone may find too few to be published; the build is there all the same.
    warehouse = home / f"state-{inference}" / "warehouse.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        [(precision, recall, f1)] = connection.execute(QUALITY).fetchall()
    return {"precision": precision, "recall": recall, "f1": f1, "seconds": seconds}


if __name__ == "__main__":
    typer.run(main)
