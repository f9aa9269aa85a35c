with

candidate_pairs as (

    select * from {{ ref('int_identity__candidate_pairs') }}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

record_contacts as (

    select * from {{ ref('int_identity__source_records') }}

),

graded_pairs as (

    select
        candidate_pairs.*,
        {{ first_name_grade('lower_name', 'upper_name') }} as first_name_grade,
        {{ last_name_grade('lower_name', 'upper_name') }} as last_name_grade,
        {{ birth_date_grade('lower_name', 'upper_name') }} as birth_date_grade,
        {{ home_grade('lower_name', 'upper_name') }} as home_grade,
        case when lower_name.is_nameless or upper_name.is_nameless then 1 else 0 end
            as is_one_nameless,
        case
            when lower_name.sex_key <> upper_name.sex_key then 1
            else 0
        end as is_other_sex,
        {# Father and son of one name in one home have a contact of their own. #}
        case
            when candidate_pairs.shares_contact = 1 then 0
            when
                lower_record.email <> upper_record.email
                or lower_record.phone <> upper_record.phone
                then 1
            else 0
        end as has_other_contacts

    from candidate_pairs

    inner join record_names as lower_name
        on candidate_pairs.lower_node = lower_name.node

    inner join record_names as upper_name
        on candidate_pairs.upper_node = upper_name.node

    inner join record_contacts as lower_record
        on candidate_pairs.lower_node = lower_record.node

    inner join record_contacts as upper_record
        on candidate_pairs.upper_node = upper_record.node

),

compared_pairs as (

    select
        graded_pairs.*,
        {{ contradicts('first_name_grade', 'last_name_grade', 'birth_date_grade') }}
            as is_contradicting,
        graded_pairs.first_name_grade
        + graded_pairs.last_name_grade
        + graded_pairs.birth_date_grade
        + graded_pairs.home_grade
        + 4 * graded_pairs.shared_key_count as strength

    from graded_pairs

)

select * from compared_pairs
