{% set declared_audiences = audiences() %}
with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

consents as (

    select * from {{ ref('consents') }}

),

suppressions as (

    select * from {{ ref('suppressions') }}

),

selected_people as (

    {% for audience in declared_audiences %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            '{{ audience.name }}' as audience,
            person_id,
            '{{ audience.purpose }}' as purpose,
            '{{ audience.channel }}' as channel,
            '{{ audience.holdout_limit }}' as holdout_limit

        from {{ ref(audience.model) }}

    {% endfor %}
),

{# The same people stay in the holdout in every run: it hangs on the ids alone. #}
audience_candidates as (

    select
        selected_people.audience,
        selected_people.person_id,
        selected_people.purpose,
        selected_people.channel,

        case
            when selected_people.channel = 'email' then single_customer_view.email is not null
            when selected_people.channel in ('sms', 'phone')
                then single_customer_view.phone is not null
            else single_customer_view.is_known
        end as is_contactable,
        coalesce(consents.is_granted, false) as is_consented,
        suppressions.person_id is not null as is_suppressed,
        left({{ dbt.hash("selected_people.person_id || '|' || selected_people.audience") }}, 4)
        < selected_people.holdout_limit as is_holdout

    from selected_people

    inner join single_customer_view
        on selected_people.person_id = single_customer_view.person_id

    left outer join consents
        on selected_people.person_id = consents.person_id
        and selected_people.purpose = consents.purpose
        and selected_people.channel = consents.channel

    left outer join suppressions
        on selected_people.person_id = suppressions.person_id
        and selected_people.channel = suppressions.channel

)

select * from audience_candidates
