{# Whoever said no must not go on being contacted because the row could not be loaded. #}
{% set fields = [
    'decision_id', 'decision', 'decided_at', 'recorded_at', 'purpose', 'channel', 'source_name',
    'record_type', 'record_id', 'identifier_type', 'identifier_value', 'source', 'text_version',
] %}
with

quarantined_rows as (

    select * from {{ source('quarantine', 'consent_decisions') }}

    {# Where a column is named the row was read, and stands here as JSON. #}
    where column_name is not null

),

decisions as (

    select * from {{ source('consent', 'decisions') }}

),

runs as (

    select * from {{ source('onefold', 'runs') }}

),

unpacked_rows as (

    select
        run_id,
        {% for field in fields %}
            {{ json_field('raw_row', field) }} as {{ field }},
        {% endfor %}
        file_name,
        line_number

    from quarantined_rows

),

loaded_refusals as (

    select distinct {{ clean_text('decision_id') }} as decision_id

    from decisions

    where replace(lower({{ clean_text('decision') }}), '-', '_') is distinct from 'opt_in'

),

{# Only a clear yes is none; a row that came again in order speaks for itself. #}
refusals as (

    select unpacked_rows.*

    from unpacked_rows

    left outer join loaded_refusals
        on {{ clean_text('unpacked_rows.decision_id') }} = loaded_refusals.decision_id

    where
        replace(lower({{ clean_text('unpacked_rows.decision') }}), '-', '_')
        is distinct from 'opt_in'
        and loaded_refusals.decision_id is null

),

{# The latest time at which it may have been said, so that no yes from before wins. #}
dated_refusals as (

    select
        'quarantine:' || refusals.file_name || ':' || refusals.line_number as decision_id,
        {{ decision_columns() }},
        refusals.file_name,

        refusals.line_number as file_line_number,

        coalesce(
            {{ to_timestamp_utc('refusals.decided_at') }},
            {{ to_timestamp_utc('refusals.recorded_at') }},
            runs.run_at
        ) as decided_at,
        {{ to_timestamp_utc('refusals.recorded_at') }} as recorded_at

    from refusals

    left outer join runs
        on refusals.run_id = runs.run_id

)

select * from dated_refusals
