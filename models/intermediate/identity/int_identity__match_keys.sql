with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null and strength <> 'reference' and not is_on_cookie

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

{# Facts that find two records of one person who gave different contacts. Nobody is compared for a
   home alone who gave no name. #}
{% set born = 'cast(birth_date as ' ~ dbt.type_string() ~ ')' %}
shared_facts as (

    {% for key_type, key_value in {
        'last_name_and_birth_date': "last_name_key || '|' || " ~ born,
        'first_name_and_birth_date': "full_first_name || '|' || " ~ born,
        'home': 'case when not is_nameless then home_key end',
        'full_name': "full_first_name || '|' || last_name_key",
        'birth_date_and_postcode': born ~ " || '|' || postcode_key",
        'last_name_and_postcode': "last_name_key || '|' || postcode_key",
    }.items() %}
        select
            node,
            '{{ key_type }}' as key_type,
            '{{ key_type }}|' || {{ key_value }} as key_value

        from record_names

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

{#
    Numbers pair records three times as fast as texts. Those of facts are below zero, where no
    identifier is. Two facts with one number would only have two records compared in vain.
#}
match_keys as (

    select
        node,
        identifier_type as key_type,
        identifier_number as key_number,
        strength

    from record_identifiers

    union all

    select
        node,
        key_type,
        -1 - {{ hashed_number('key_value') }} as key_number,
        'fact' as strength

    from shared_facts

    where key_value is not null

)

select * from match_keys
