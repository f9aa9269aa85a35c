{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(
        '(select node, details_fingerprint as fingerprint from '
        ~ ref('int_identity__source_records') ~ ') as units', ['node']
    ) }}"
) }}
-- depends_on: {{ ref('address_words') }}

with

source_records as (

    select source_records.*

    from {{ ref('int_identity__source_records') }} as source_records

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on source_records.node = changed_units.node
    {% endif %}

),

nicknames as (

    select * from {{ ref('nicknames') }}

),

read_names as (

    select
        node,
        record_key,
        details_fingerprint as fingerprint,
        birth_date,
        {{ normalised_name('first_name', is_given=true) }} as first_name_key,
        {{ given_names('first_name') }} as given_names,
        case when middle_name is null then {{ name_behind_given('first_name') }} end
            as name_behind_given,
        {{ normalised_name('middle_name') }} as own_middle_name,
        {{ normalised_name('last_name') }} as own_last_name,
        {{ without_accents("lower(" ~ tidied('street') ~ ")") }} as bare_street,
        {{ town_key('city') }} as town_key,
        {{ normalised_postcode('postcode') }} as postcode_key,
        lower(left(sex, 1)) as sex_key

    from source_records

),

{# Roman Abramovich in one field: without another family name that may be his, or his patronymic.
   Names of women tell the two apart, Abramovich and Abramovna. #}
normalised_names as (

    select
        *,
        {{ transliterated('bare_street') }} as latin_street,
        case
            when first_name_key is not null then {{ regexp_capture('given_names', '^(\\S+) ') }}
        end as first_given_name,
        replace({{ regexp_capture('given_names', '^\\S+ (.+)$') }}, ' ', '') as other_given_names,
        coalesce(own_middle_name, name_behind_given) as middle_name_key,
        coalesce(
            own_last_name, {{ regexp_capture('name_behind_given', '^(.*(?:ич|ch))$') }}
        ) as last_name_key,
        own_last_name is null
        and coalesce({{ regexp_matches('name_behind_given', '(?:ич|ch)$') }}, false)
            as is_last_name_unsure

    from read_names

),

{# One script for all comparisons, so that Ivanov and Иванов can meet. #}
name_keys as (

    select
        node,
        record_key,
        fingerprint,
        birth_date,
        {{ transliterated('first_name_key') }} as first_name_key,
        {{ transliterated('first_given_name') }} as first_given_name,
        {{ transliterated('other_given_names') }} as other_given_names,
        {{ transliterated('middle_name_key') }} as middle_name_key,
        {{ patronymic_key('middle_name_key') }} as patronymic_key,
        {{ transliterated('last_name_key') }} as last_name_key,
        is_last_name_unsure,
        {{ street_key('latin_street', listed_address_words()) }} as street_key,
        {{ transliterated('town_key') }} as town_key,
        postcode_key,
        sex_key

    from normalised_names

),

{% set signature %}
    coalesce(
        name_keys.first_given_name || ' ' || name_keys.other_given_names,
        name_keys.first_name_key, ''
    ) || '|' || coalesce(name_keys.last_name_key, '')
    || '|' || coalesce(cast(name_keys.birth_date as {{ dbt.type_string() }}), '')
    || coalesce('|' || name_keys.patronymic_key, '')
    || case when name_keys.is_last_name_unsure then '?' else '' end
{%- endset %}
record_names as (

    select
        name_keys.*,
        coalesce(name_keys.postcode_key, name_keys.town_key) || '|' || name_keys.street_key
            as home_key,
        coalesce(nicknames.full_name, name_keys.first_name_key) as full_first_name,
        coalesce(swapped_nicknames.full_name, name_keys.last_name_key) as full_last_name,
        name_keys.first_name_key is null and name_keys.last_name_key is null as is_nameless,
        {{ signature }} as signature,
        {{ fingerprint_of([signature]) }} as signature_number

    from name_keys

    left outer join nicknames
        on name_keys.first_name_key = nicknames.nickname

    left outer join nicknames as swapped_nicknames
        on name_keys.last_name_key = swapped_nicknames.nickname

)

select * from record_names
