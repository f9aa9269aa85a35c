-- How well the people that were found agree with the truth: pairwise, and B-cubed (Bagga and
-- Baldwin, 1998). A record that got no person counts as a person of its own.
with

truth as (

    select
        source_name,
        record_type,
        record_id,
        entity_id
    from read_csv($truth_path, all_varchar = true)

),

labelled as (

    select
        truth.entity_id,
        coalesce(
            person_records.person_id,
            'alone:' || truth.source_name || ':' || truth.record_type || ':' || truth.record_id
        ) as person_id
    from truth
    left join marts.person_records as person_records
        on
            truth.source_name = person_records.source_name
            and truth.record_type = person_records.record_type
            and truth.record_id = person_records.record_id

),

meetings as (

    select
        entity_id,
        person_id,
        cast(count(*) as double) as shared
    from labelled
    group by 1, 2

),

sized_meetings as (

    select
        shared,
        sum(shared) over (partition by person_id) as person_size,
        sum(shared) over (partition by entity_id) as entity_size
    from meetings

),

sums as (

    select
        sum(shared) as record_count,
        sum(shared * (shared - 1)) as right_pairs,
        -- Each meeting brings its part of its person's or its entity's pairs.
        sum(shared * (person_size - 1)) as found_pairs,
        sum(shared * (entity_size - 1)) as true_pairs,
        sum(shared * shared / person_size) as found_weight,
        sum(shared * shared / entity_size) as true_weight
    from sized_meetings

),

counts as (

    select
        count(distinct entity_id) as true_people,
        count(distinct person_id) as found_people
    from labelled

)

select
    cast(sums.record_count as bigint) as record_count,
    counts.true_people,
    counts.found_people,
    coalesce(sums.right_pairs / nullif(sums.found_pairs, 0), 1) as pairwise_precision,
    coalesce(sums.right_pairs / nullif(sums.true_pairs, 0), 1) as pairwise_recall,
    sums.found_weight / sums.record_count as bcubed_precision,
    sums.true_weight / sums.record_count as bcubed_recall
from sums
cross join counts
