with

true_records as (

    select * from {{ ref('stg_truth__records') }}

    where entity_id is not null

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

keyed_records as (

    select
        source_name || ':' || record_type || ':' || record_id as record_key,
        source_name,
        entity_id

    from true_records

),

{# A record without a person, or that no source brought, is somebody of its own. #}
assigned_records as (

    select
        keyed_records.record_key,
        keyed_records.source_name,
        keyed_records.entity_id,
        coalesce(person_records.person_id, 'alone:' || keyed_records.record_key) as person_id,

        person_records.record_key is not null as is_known

    from keyed_records

    left outer join person_records
        on keyed_records.record_key = person_records.record_key

),

meetings as (

    select
        entity_id,
        person_id,

        count(*) as shared_record_count

    from assigned_records

    group by 1, 2

),

sized_meetings as (

    select
        *,
        sum(shared_record_count) over (partition by person_id) as person_record_count,
        sum(shared_record_count) over (partition by entity_id) as entity_record_count,
        count(*) over (partition by person_id) as person_entity_count,
        count(*) over (partition by entity_id) as entity_person_count

    from meetings

),

truth_records as (

    select
        assigned_records.record_key,
        assigned_records.source_name,
        assigned_records.entity_id,
        assigned_records.person_id,

        sized_meetings.shared_record_count,
        cast(sized_meetings.person_record_count as bigint) as person_record_count,
        cast(sized_meetings.entity_record_count as bigint) as entity_record_count,
        sized_meetings.person_entity_count,
        sized_meetings.entity_person_count,

        assigned_records.is_known

    from assigned_records

    inner join sized_meetings
        on assigned_records.entity_id = sized_meetings.entity_id
        and assigned_records.person_id = sized_meetings.person_id

)

select * from truth_records
