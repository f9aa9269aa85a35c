"""Opt-outs survive that two people are taken for one, and that they are parted again."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import environment_of, run_onefold

CONTACTS = """\
contact_id,email,first_name,last_name,created_at
K-1,anna@nord.example,Anna,Lind,2025-01-01
K-2,bo@nord.example,Bo,Ek,2025-01-01
"""
DECISIONS = """\
decision_id,decision,decided_at,purpose,channel,source_name,record_type,record_id
D1,opt_in,2025-06-01,marketing,email,crm,contact,K-1
D2,opt_in,2025-06-01,marketing,email,crm,contact,K-2
D3,opt_in,2025-06-01,marketing,sms,crm,contact,K-1
D4,opt_out,2025-06-02,marketing,sms,crm,contact,K-2
"""
PERMISSIONS = """\
select record_id, may_email, may_sms
from marts.person_records
join marts.single_customer_view using (person_id)
order by record_id
"""


@dataclass
class House:
    """A home with two contacts, and a clock."""

    folder: Path

    def onefold(self, day: str, *arguments: str) -> None:
        """Run the program on a day."""
        home = self.folder / "home"
        done = run_onefold(list(arguments), environment_of(home) | {"ONEFOLD_NOW": f"{day}T12:00Z"})
        assert done.returncode == 0, done.stderr

    def permissions(self, day: str) -> dict[str, tuple[bool, bool]]:
        """Build on a day, and return who may be written to by e-mail and by SMS."""
        self.onefold(day, "run", "--raw", str(self.folder / "raw"), "--no-sync", "--json")
        published = self.folder / "home/published/onefold.duckdb"
        with duckdb.connect(str(published), read_only=True) as connection:
            return {row[0]: row[1:] for row in connection.execute(PERMISSIONS).fetchall()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Two contacts who have decided."""
    for name, text in (("crm/contacts.csv", CONTACTS), ("consent/decisions.csv", DECISIONS)):
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return House(tmp_path)


def test_a_refusal_made_while_joined_stays_on_both_sides(house: House) -> None:
    """And one made before stays with whoever made it."""
    apart = house.permissions("2026-01-01")
    house.onefold("2026-01-01", "decide", "--same", "crm:K-1", "crm:K-2", "--why", "a test")
    joined = house.permissions("2026-01-02")
    with (house.folder / "raw/consent/decisions.csv").open("a", encoding="utf-8") as decisions:
        decisions.write("D5,opt_out,2026-01-03,marketing,email,crm,contact,K-1\n")
    house.onefold("2026-01-04", "decide", "--different", "crm:K-1", "crm:K-2", "--why", "a test")
    parted = house.permissions("2026-01-05")
    later = house.permissions("2026-01-06")

    assert apart == {"K-1": (True, True), "K-2": (True, False)}
    assert joined == {"K-1": (True, False), "K-2": (True, False)}
    assert parted == later == {"K-1": (False, True), "K-2": (False, False)}
