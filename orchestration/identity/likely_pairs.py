"""Pairs of records that are probably one person although they share no identifier.

Splink is trained on the records themselves, without labels, and only scores: which pairs join is
decided by the ladder of rules, under the same vetoes as every other pair.
"""

import logging
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from orchestration.settings import get_settings
from orchestration.statements import statement


def _name(column: str) -> compare.CustomComparison:
    """Compare first or last names, which are also filled in the wrong way round."""
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column, term_frequency_adjustments=True),
            level.JaroWinklerLevel(column, 0.92),
            level.JaroWinklerLevel(column, 0.88),
            level.CustomLevel(
                "jaro_winkler_similarity(first_name_l, coalesce(last_name_r, first_name_l)) >= 0.9"
                " and jaro_winkler_similarity(last_name_l, coalesce(first_name_r, last_name_l))"
                " >= 0.9",
                label_for_charts="Swapped",
            ),
            level.JaroWinklerLevel(column, 0.7),
            level.ElseLevel(),
        ],
    )


# A rare name or city that agrees says more than a common one.
COMPARISONS: dict[str, Any] = {
    "first_name": _name("first_name"),
    "last_name": _name("last_name"),
    "birth_date": compare.DateOfBirthComparison("birth_date", input_is_string=True),
    # Addresses are made of names: that they look alike says nothing new, a slip of the finger does.
    "email": compare.DamerauLevenshteinAtThresholds("email", [1, 2]).configure(
        term_frequency_adjustments=True
    ),
    "phone": compare.DamerauLevenshteinAtThresholds("phone", [1]),
    "street": compare.JaroWinklerAtThresholds("street", [0.92, 0.8]),
    "postcode": compare.DamerauLevenshteinAtThresholds("postcode", [1]),
    "city": compare.JaroWinklerAtThresholds("city", [0.88]).configure(
        term_frequency_adjustments=True
    ),
}
WEIGHTED_BY_RARITY = {"first_name", "last_name", "email", "city"}
# A household has one name, one home and often one phone. These tell its people apart ...
OWN_DETAILS = ("first_name", "birth_date")
# ... and these only where they differ: that they agree says nothing.
OFTEN_SHARED = ("email", "phone")
# Namesakes are many: one kind of detail alone, however rare, finds nobody.
KINDS = (
    ("first_name", "last_name"),
    ("birth_date",),
    ("email", "phone"),
    ("street", "postcode", "city"),
)

# Only records that agree in one of these are compared.
BLOCKS = (
    "birth_date",
    "email",
    "split_part(email, '@', 1)",
    "phone",
    "street",
    "postcode || '|' || left(street, 3)",
    "postcode || '|' || left(first_name, 2)",
    "postcode || '|' || left(last_name, 2)",
    # A house number is as easily mistyped as a name.
    "regexp_replace(street, '^[0-9]+', '')",
    "first_name",
    "last_name",
    "least(first_name, last_name) || '|' || greatest(first_name, last_name)",
    "last_name || '|' || left(birth_date, 4)",
    "first_name || '|' || right(birth_date, 5)",
    "last_name || '|' || city",
    "first_name || '|' || city",
)
# What more records have in common (5,000 pairs) is too common to find anybody by.
LARGEST_BLOCK = 100
SEED = 1
# Too few records say nothing about how common a name is.
FEWEST_RECORDS = 20
# So much against a pair (odds of 1 to 4,096) is too little to count.
LEAST_MATCH_WEIGHT = -12
# The share of pairs that match settles, to three digits, in fewer rounds.
SETTLING_ROUNDS = 30


def score_pairs(details: pa.Table, at_least: float) -> pa.Table:
    """Score the pairs of records that agree in something; return those at least so probable.

    Args:
        details: a row per record: node and the columns named in COMPARISONS, as texts.
        at_least: the lowest probability worth a look, from 0 to 1.

    Returns:
        lower_node, upper_node, match_probability and match_account: what each detail says for (+)
        or against (-) the pair, in bits.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    # A database of its own, since Splink leaves tables behind; what it spills is names.
    spill = str(get_settings().spill_path)
    with duckdb.connect(config={"temp_directory": spill}) as connection:
        known = _known_details(connection, details)
        if not known:
            return _no_pairs()
        _fill_records(connection)
        linker = Linker(DuckDBAPI(connection).register("records"), _settings(known), log_level=None)
        _train(linker)
        _fill_pairs(connection, linker, known)
        return connection.execute(
            statement(__package__, "likely_pairs"),
            {**_settled_odds(connection), "at_least": at_least},
        ).to_arrow_table()


def _fill_pairs(connection: duckdb.DuckDBPyConnection, linker: Linker, known: list[str]) -> None:
    """Keep what the details say for each pair: all of them, and those of a person alone."""
    scored = linker.inference.predict(threshold_match_weight=LEAST_MATCH_WEIGHT)
    prior = linker.misc.save_model_to_json()["probability_two_random_records_match"]
    weights = _weights(known)
    own = [weights[name] for name in OWN_DETAILS if name in known]
    own += [f"least({weights[name]}, 0)" for name in OFTEN_SHARED if name in known]
    account = " || ', ' || ".join(
        f"'{name} ' || printf('%+.1f', {weight})" for name, weight in weights.items()
    )
    agreeing = [
        f"cast(greatest({', '.join(weights[name] for name in kind if name in known)}) > 0 as int)"
        for kind in KINDS
        if any(name in known for name in kind)
    ]
    connection.execute(
        f"create table pairs as select least(node_l, node_r) as lower_node,"  # noqa: S608 - ours
        f" greatest(node_l, node_r) as upper_node,"
        f" pow(2, match_weight) * {(1 - prior) / prior} as bayes_factor,"
        f" pow(2, {' + '.join(own) or '0'}) as own_factor,"
        f" {' + '.join(agreeing)} as agreeing_kinds,"
        f" {account} as match_account from {scored.physical_name}"
    )


def _settled_odds(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return the odds that fit the scores: of two records at all, and of two in one household.

    Splink takes the share of matching pairs from rules whose recall is guessed; this is the
    expectation-maximisation of that one number, first over all records, then over the pairs that
    are at least no strangers.
    """
    odds: dict[str, float] = {}
    for name in ("random_odds", "household_odds"):
        odds[name] = 1.0
        for _ in range(SETTLING_ROUNDS):
            row = connection.execute(statement(__package__, f"expected_{name}"), odds).fetchone()
            share = min(max((row and row[0]) or 0.0, 1e-12), 0.999)
            odds[name] = share / (1 - share)
    return odds


def _no_pairs() -> pa.Table:
    return pa.schema(
        {
            "lower_node": pa.int64(),
            "upper_node": pa.int64(),
            "match_probability": pa.float64(),
            "match_account": pa.string(),
        }
    ).empty_table()


def _known_details(connection: duckdb.DuckDBPyConnection, details: pa.Table) -> list[str]:
    """Return the details that enough records have: of the others nothing can be learnt."""
    connection.register("details", details)
    counts = ", ".join(f"count({name})" for name in COMPARISONS)
    row = connection.execute(f"select {counts} from details").fetchone()  # noqa: S608 - our names
    return [
        name for name, count in zip(COMPARISONS, row or (), strict=True) if count >= FEWEST_RECORDS
    ]


def _fill_records(connection: duckdb.DuckDBPyConnection) -> None:
    blocks = ", ".join(
        f"case when count(*) over (partition by {block}) <= {LARGEST_BLOCK} then {block} end"
        f" as block_{number}"
        for number, block in enumerate(BLOCKS)
    )
    connection.execute(f"create table records as select *, {blocks} from details")  # noqa: S608


def _settings(known: list[str]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="node",
        comparisons=[COMPARISONS[name] for name in known],
        blocking_rules_to_generate_predictions=[
            block_on(f"block_{number}") for number in range(len(BLOCKS))
        ],
        retain_intermediate_calculation_columns=True,
    )


def _train(linker: Linker) -> None:
    certain: list[Any] = [
        block_on("first_name", "last_name", "birth_date"),
        block_on("email", "last_name"),
    ]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    # Each block teaches nothing about what it is made of: two teach everything.
    for columns in (("birth_date",), ("first_name", "last_name")):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), record_sample_proportion=1.0, max_pairs=1e6
            )
        except EMTrainingException:
            continue


def _weights(known: list[str]) -> dict[str, str]:
    """Return SQL for what each detail says for (+) or against (-) a pair, in bits."""
    return {
        name: f"mw_{name} + mw_tf_adj_{name}" if name in WEIGHTED_BY_RARITY else f"mw_{name}"
        for name in known
    }
