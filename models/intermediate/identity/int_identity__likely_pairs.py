"""Pairs of records that are probably one person although no rule says so.

SQL cannot train a model, so this is Python: see orchestration/identity/likely_pairs.py.
"""


def model(dbt, session):
    """Return the scored pairs; where inference is off none, at no cost."""
    dbt.config(materialized="table")
    details = dbt.ref("int_identity__record_details")
    if dbt.config.meta_get("inference") not in ("review", "on"):
        return session.sql(
            "select cast(null as bigint) as lower_node, cast(null as bigint) as upper_node, "
            "cast(null as double) as match_probability, cast(null as varchar) as match_account "
            "where false"
        )
    from orchestration.identity.likely_pairs import score_pairs

    return score_pairs(
        details.to_arrow_table(), at_least=float(dbt.config.meta_get("reviewed_at_least"))
    )
