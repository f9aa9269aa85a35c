"""Pairs of records that are probably one person although they share no identifier.

Splink is trained on the records themselves, without labels, and only scores: which pairs join is
decided by the ladder of rules, under the same vetoes as every other pair.
"""

import logging
from typing import Any

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

# A rare name, address or city that agrees says more than a common one.
COMPARISONS: dict[str, Any] = {
    "first_name": compare.NameComparison("first_name").configure(term_frequency_adjustments=True),
    "last_name": compare.NameComparison("last_name").configure(term_frequency_adjustments=True),
    "birth_date": compare.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
    "email": compare.JaroWinklerAtThresholds("email", [0.92, 0.8]).configure(
        term_frequency_adjustments=True
    ),
    "phone": compare.DamerauLevenshteinAtThresholds("phone", [1]),
    "home": compare.JaroWinklerAtThresholds("home", [0.92, 0.8]),
    "city": compare.JaroWinklerAtThresholds("city", [0.88]).configure(
        term_frequency_adjustments=True
    ),
}
WEIGHTED_BY_RARITY = {"first_name", "last_name", "email", "city"}
SEED = 1
# Too few records say nothing about how common a name is.
FEWEST_RECORDS = 20


def score_pairs(connection: duckdb.DuckDBPyConnection, at_least: float) -> duckdb.DuckDBPyRelation:
    """Score the pairs of the table `records`; return those at least so probable.

    Args:
        connection: a database of its own, since Splink leaves tables behind.
        at_least: the lowest probability worth a look.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    known = _known_details(connection)
    linker = Linker(DuckDBAPI(connection).register("records"), _settings(known))
    _train(linker)
    scored = linker.inference.predict(threshold_match_probability=at_least)
    return connection.sql(
        f"select least(unique_id_l, unique_id_r) as lower_node,"  # noqa: S608 - no name is a user's
        f" greatest(unique_id_l, unique_id_r) as upper_node,"
        f" match_weight, match_probability, {_account(known)} as account"
        f" from {scored.physical_name} order by 1, 2"
    )


def _known_details(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the details that enough records have: of the others nothing can be learnt."""
    counts = ", ".join(f"count({name})" for name in COMPARISONS)
    row = connection.execute(f"select {counts} from records").fetchone()  # noqa: S608 - our names
    return [
        name for name, count in zip(COMPARISONS, row or (), strict=True) if count >= FEWEST_RECORDS
    ]


def _settings(known: list[str]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[COMPARISONS[name] for name in known],
        blocking_rules_to_generate_predictions=[
            block_on("birth_date"),
            block_on("email"),
            block_on("phone"),
            block_on("home"),
            block_on("first_name", "last_name"),
            block_on("last_name", "substr(birth_date, 1, 4)"),
            block_on("first_name", "substr(birth_date, 6, 5)"),
            block_on("last_name", "city"),
            block_on("first_name", "city"),
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


def _account(known: list[str]) -> str:
    """Return SQL for what each detail says for (+) or against (-) the pair, in bits."""
    weights = {
        name: f"mw_{name} + mw_tf_adj_{name}" if name in WEIGHTED_BY_RARITY else f"mw_{name}"
        for name in known
    }
    return " || ', ' || ".join(
        f"'{name} ' || printf('%+.1f', {weight})" for name, weight in weights.items()
    )
