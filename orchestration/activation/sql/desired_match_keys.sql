-- One row per match key in the form of the vendor and person behind it. Its name in the ledger is
-- a keyed digest, since the vendor's own digest of a phone number is soon found by trying.
create or replace temp table desired_people as

with

values_of_people as (
    {values}
),

match_keys as (
    select person_id, kind, vendor_match_key(kind, value) as match_ref
    from values_of_people
    where value is not null
)

select distinct
    kind || ':' || keyed_digest($inner_pad, $outer_pad, match_ref) as unit_key,
    person_id,
    match_ref
from match_keys
where match_ref is not null
