with

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

former_records as (

    select * from {{ ref('int_identity__former_records') }}

),

former_pairs as (

    select
        decided_pairs.decision,
        lower_record.person_number as lower_person_number,
        upper_record.person_number as upper_person_number

    from decided_pairs

    inner join former_records as lower_record
        on decided_pairs.lower_node = lower_record.node

    inner join former_records as upper_record
        on decided_pairs.upper_node = upper_record.node

),

{# A decision that was followed before has its people as it wants them, and is no news. #}
decided_people as (

    select
        lower_person_number as person_number,
        'split' as change,
        'a steward parted two of its records' as reason

    from former_pairs

    where decision = 'different' and lower_person_number = upper_person_number

    union distinct

    select
        lower_person_number as person_number,
        'merged' as change,
        'a steward joined a record of it with one of another' as reason

    from former_pairs

    where decision = 'same' and lower_person_number <> upper_person_number

    union distinct

    select
        upper_person_number as person_number,
        'merged' as change,
        'a steward joined a record of it with one of another' as reason

    from former_pairs

    where decision = 'same' and lower_person_number <> upper_person_number

)

select * from decided_people
