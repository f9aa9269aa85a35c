{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__candidate_pairs'), ['lower_node', 'upper_node']) }}"
) }}

with

candidate_pairs as (

    select candidate_pairs.*

    from {{ ref('int_identity__candidate_pairs') }} as candidate_pairs

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on candidate_pairs.lower_node = changed_units.lower_node
            and candidate_pairs.upper_node = changed_units.upper_node
    {% endif %}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

junk_identifiers as (

    select * from {{ ref('int_identity__junk_identifiers') }}

),

{# What is nobody's contact joins nobody, and keeps nobody apart either. #}
record_contacts as (

    select
        source_records.node,
        case when junk_emails.identifier_value is null then source_records.email end as email,
        case when junk_phones.identifier_value is null then source_records.phone end as phone

    from source_records

    left outer join junk_identifiers as junk_emails
        on source_records.email = junk_emails.identifier_value
        and junk_emails.identifier_type = 'email'

    left outer join junk_identifiers as junk_phones
        on source_records.phone = junk_phones.identifier_value
        and junk_phones.identifier_type = 'phone'

),

graded_pairs as (

    select
        candidate_pairs.*,
        {{ first_name_grade('lower_name', 'upper_name') }} as first_name_grade,
        {{ middle_name_grade('lower_name', 'upper_name') }} as middle_name_grade,
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
        {{ contradicts(
            'first_name_grade', 'middle_name_grade', 'last_name_grade', 'birth_date_grade',
            proof='greatest(shares_id, shares_email)'
        ) }} as is_contradicting,
        graded_pairs.first_name_grade
        + graded_pairs.middle_name_grade
        + graded_pairs.last_name_grade
        + graded_pairs.birth_date_grade
        + graded_pairs.home_grade
        + 4 * graded_pairs.shared_key_count as strength

    from graded_pairs

)

select * from compared_pairs
