"""The difference of two builds, on people few enough to count by hand."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import UsageError, WarehouseError
from orchestration.identity.difference import Difference, compare, published_file

TABLES = """
    create schema marts;
    create table marts.person_records (record_key text, person_id text);
    create table marts.identity_links (rule text, left_key text, right_key text, is_used boolean);
    create table marts.audience_members (audience text, person_id text);
    create table marts.contact_permissions (
        person_id text, may_email boolean, may_sms boolean, may_call boolean, may_push boolean,
        may_advertise boolean
    );
    create table marts.identity_quality (
        scope text, scope_name text, pairwise_precision decimal(9, 6), pairwise_recall decimal(9, 6)
    );
"""
BEFORE = {"a": "p1", "b": "p1", "c": "p1", "d": "p2", "e": "p2", "f": "p3", "g": None}


def build(
    path: Path,
    people: Mapping[str, str | None],
    *,
    links: list[tuple[str, str, str]] | None = None,
    members: tuple[str, ...] = (),
    mailable: tuple[str, ...] = (),
) -> Path:
    """Write a published file with these people."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        for table, rows in (
            ("person_records", list(people.items())),
            ("identity_links", [(*link, True) for link in links or []]),
            ("audience_members", [("regulars", person) for person in members]),
            ("contact_permissions", [(person, True, *[False] * 4) for person in mailable]),
        ):
            for row in rows:
                connection.table(f"marts.{table}").insert(row)
    return path


def difference(tmp_path: Path, after: Mapping[str, str | None]) -> Difference:
    """Compare the people of before with others."""
    return compare(
        build(tmp_path / "before.duckdb", BEFORE), build(tmp_path / "after.duckdb", after)
    )


def test_a_build_does_not_differ_from_itself(tmp_path: Path) -> None:
    """A record of nobody that stays one has not moved."""
    path = build(tmp_path / "before.duckdb", BEFORE)

    counts = compare(path, path).counts

    assert (counts.people_before, counts.people_after, counts.records_in_both) == (3, 3, 7)
    assert (counts.records_moved, counts.people_merged, counts.people_split) == (0, 0, 0)
    assert (counts.people_rekeyed, counts.people_created, counts.people_gone) == (0, 0, 0)


def test_merged_people_are_told_with_a_record_of_each(tmp_path: Path) -> None:
    """The smaller of the two moved; whoever reads it can ask why the two records are one."""
    found = difference(tmp_path, BEFORE | {"d": "p1", "e": "p1"})

    assert (found.counts.people_merged, found.counts.records_moved) == (1, 2)
    assert found.examples == [
        {
            "kind": "merged",
            "person_id": "p1",
            "part_ids": ["p1", "p2"],
            "record_keys": ["a", "d"],
        }
    ]


def test_split_people_lose_the_smaller_part(tmp_path: Path) -> None:
    """Two stayed and one left; nobody was merged or re-keyed by it."""
    found = difference(tmp_path, BEFORE | {"c": "p4"})

    assert (found.counts.people_split, found.counts.records_moved) == (1, 1)
    assert (found.counts.people_merged, found.counts.people_rekeyed) == (0, 0)
    assert [example["kind"] for example in found.examples] == ["split"]


def test_another_id_for_the_same_records_moves_nobody(tmp_path: Path) -> None:
    """Re-keyed people are counted apart: whatever is stored by their ids is lost."""
    found = difference(tmp_path, BEFORE | {"d": "p9", "e": "p9"})

    assert (found.counts.people_rekeyed, found.counts.records_moved) == (1, 0)
    assert found.examples[0]["part_ids"] == ["p9"]


def test_a_record_that_lost_or_found_its_person_moved(tmp_path: Path) -> None:
    """A cookie that became shared, and one that is shared no more."""
    assert difference(tmp_path, BEFORE | {"c": None, "g": "p3"}).counts.records_moved == 2


def test_new_and_gone_records_are_no_moves(tmp_path: Path) -> None:
    """News of the sources are not the work of the rules."""
    after = {key: person for key, person in BEFORE.items() if key != "f"} | {"h": "p4", "i": "p1"}
    counts = difference(tmp_path, after).counts

    assert (counts.records_before, counts.records_after, counts.records_in_both) == (7, 8, 6)
    assert (counts.people_created, counts.people_gone, counts.records_moved) == (1, 1, 0)


def test_links_are_counted_by_what_they_do(tmp_path: Path) -> None:
    """Of a rule's new links only those between former people join; of the old, some are lost."""
    former = build(
        tmp_path / "before.duckdb", BEFORE, links=[("loose", "a", "b"), ("strict", "b", "c")]
    )
    present = build(
        tmp_path / "after.duckdb",
        BEFORE | {"c": "p4", "f": "p1"},
        links=[("loose", "a", "b"), ("loose", "a", "f")],
    )

    assert compare(former, present).rules == [
        {"rule": "loose", "links_before": 1, "links_after": 2, "links_joining": 1, "links_lost": 0},
        {
            "rule": "strict",
            "links_before": 1,
            "links_after": 0,
            "links_joining": 0,
            "links_lost": 1,
        },
    ]


def test_whoever_is_merged_with_a_mailable_person_is_newly_mailable(tmp_path: Path) -> None:
    """The opt-in of one must not become that of another unseen; ids play no part in it."""
    former = build(tmp_path / "before.duckdb", BEFORE, mailable=("p1", "p3"))
    present = build(
        tmp_path / "after.duckdb",
        BEFORE | {"a": "p7", "b": "p7", "c": "p7", "d": "p7", "e": "p7"},
        mailable=("p7",),
    )

    found = compare(former, present)

    assert found.newly_mailable == 1
    [email] = [row for row in found.permissions if row["permission"] == "may_email"]
    assert (email["granted_before"], email["granted_after"]) == (2, 1)
    assert email["no_longer_granted"] == 1


def test_members_are_followed_by_their_records(tmp_path: Path) -> None:
    """A member who was merged into another left nothing; only strangers join."""
    former = build(tmp_path / "before.duckdb", BEFORE, members=("p1", "p2"))
    present = build(
        tmp_path / "after.duckdb", BEFORE | {"d": "p1", "e": "p1"}, members=("p1", "p3")
    )

    assert compare(former, present).audiences == [
        {
            "audience": "regulars",
            "members_before": 2,
            "members_after": 2,
            "members_joined": 1,
            "members_left": 0,
        }
    ]


def test_a_state_directory_means_its_published_file(tmp_path: Path) -> None:
    """What one names is a home or a file, and never something else."""
    (tmp_path / "published").mkdir()
    path = build(tmp_path / "published" / "onefold.duckdb", BEFORE)

    assert published_file(tmp_path) == published_file(path) == path
    with pytest.raises(UsageError, match="no published file"):
        published_file(tmp_path / "elsewhere")


def test_what_holds_no_people_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """A DuckDB file of something else, and a file of something else."""
    people = build(tmp_path / "people.duckdb", BEFORE)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("create table t (i integer)")
    (tmp_path / "text.duckdb").write_text("needle " * 999)

    with pytest.raises(UsageError, match=r"other\.duckdb has no table marts\.person_records"):
        compare(people, tmp_path / "other.duckdb")
    with pytest.raises(WarehouseError, match=r"text\.duckdb cannot be opened") as caught:
        compare(people, tmp_path / "text.duckdb")
    assert "needle" not in str(caught.value)
