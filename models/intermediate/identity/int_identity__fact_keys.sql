{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__record_names'), ['node']) }}"
) }}

with

record_names as (

    select record_names.*

    from {{ ref('int_identity__record_names') }} as record_names

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on record_names.node = changed_units.node
    {% endif %}

),

{# Facts that find two records of one person who gave different contacts. Nobody is compared for a
   home alone who gave no name. #}
{% set born = 'cast(birth_date as ' ~ dbt.type_string() ~ ')' %}
shared_facts as (

    {% for key_type, key_value in {
        'last_name_and_birth_date': "last_name_key || '|' || " ~ born,
        'first_name_and_birth_date': "full_first_name || '|' || " ~ born,
        'names_in_any_order_and_birth_date':
            "least(first_name_key, last_name_key) || '|' || greatest(first_name_key, last_name_key)"
            ~ " || '|' || case when first_name_key <> last_name_key then " ~ born ~ " end",
        'home': 'case when not is_nameless then home_key end',
        'street_in_town':
            "case when not is_nameless then town_key || '|' || street_key end",
        'full_name': "full_first_name || '|' || last_name_key",
        'birth_date_and_postcode': born ~ " || '|' || postcode_key",
        'last_name_and_postcode': "last_name_key || '|' || postcode_key",
    }.items() %}
        select
            node,
            fingerprint,
            '{{ key_type }}' as key_type,
            '{{ key_type }}|' || {{ key_value }} as key_value

        from record_names

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

{# Below zero, where no identifier is. Two facts with one number have records compared in vain. #}
fact_keys as (

    select
        node,
        key_type,
        -1 - {{ fingerprint_of(['key_value']) }} as key_number,
        fingerprint

    from shared_facts

    where key_value is not null

)

select * from fact_keys
