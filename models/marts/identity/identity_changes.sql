{{ config(
    materialized='incremental',
    on_schema_change='append_new_columns',
    pre_hook="{{ forget_changes(ref('int_identity__former_changes'), ref('int_identity__changes')) }}"
) }}

with

changes as (

    select * from {{ ref('int_identity__changes') }}

),

{% if not is_incremental() %}
    former_changes as (

        select * from {{ ref('int_identity__former_changes') }}

    ),

    logged_changes as (

        {{ previous_rows('identity_changes', {
            'change_id': 'text', 'run_id': 'text', 'change': 'text', 'person_id': 'text',
            'other_person_id': 'text', 'reason': 'text', 'changed_at': 'timestamp'
        }) }}

    ),

    kept_changes as (

        select logged_changes.*

        from logged_changes

        inner join former_changes
            on logged_changes.change_id = former_changes.change_id

        left outer join changes
            on logged_changes.change_id = changes.change_id

        where former_changes.is_valid and changes.change_id is null

    ),

{% endif %}

identity_changes as (

    {% if not is_incremental() %}
        select * from kept_changes

        union all

    {% endif %}

    select
        change_id,
        run_id,
        change,
        person_id,
        other_person_id,
        reason,
        changed_at

    from changes

)

select * from identity_changes
