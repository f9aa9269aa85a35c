with

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

coming_days as (

    {% for day_number in range(7) %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            cast({{ dbt.dateadd('day', day_number, 'run_at') }} as date) as coming_date,
            cast({{ dbt.dateadd('day', day_number + 1, 'run_at') }} as date) as next_date

        from current_run

    {% endfor %}
),

{# Where February has no 29th, who was born on it celebrates on the 28th. #}
birthdays as (

    select
        date_part('month', coming_date) as birth_month,
        date_part('day', coming_date) as birth_day

    from coming_days

    union all

    select
        date_part('month', coming_date) as birth_month,
        29 as birth_day

    from coming_days

    where
        date_part('month', coming_date) = 2
        and date_part('day', coming_date) = 28
        and date_part('month', next_date) = 3

),

birthdays_this_week as (

    select single_customer_view.person_id

    from single_customer_view

    inner join birthdays
        on date_part('month', single_customer_view.birth_date) = birthdays.birth_month
        and date_part('day', single_customer_view.birth_date) = birthdays.birth_day

)

select * from birthdays_this_week
