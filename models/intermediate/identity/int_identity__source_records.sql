{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__all_records'), ['record_key']) }}"
) }}

with

changed_records as (

    select all_records.*

    from {{ ref('int_identity__all_records') }} as all_records

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on all_records.record_key = changed_units.record_key
    {% endif %}

),

{#
    Whole numbers make the graph's joins three to four times as fast as texts. A record has the same
    number in every build. Should two ever share one, the test of the column stops the build: among
    ten million records, one company in 20,000 would see that.
#}
source_records as (

    select
        {{ source_record_columns(but=['email_as_given', 'phone_as_given']) }},
        {# Not in the view, where every build would ask it of all records. #}
        {{ delivery_email('email_as_given') }} as delivery_email,
        {{ hashed_number('record_key') }} as node,
        {{ fingerprint_of([
            'record_key', 'record_type', 'email', 'phone', 'loyalty_id', 'user_id', 'first_name',
            'middle_name', 'last_name', 'sex', 'street', 'city', 'postcode', 'birth_date',
            text_fingerprint(identity_version())
        ]) }} as details_fingerprint

    from changed_records

)

select * from source_records
