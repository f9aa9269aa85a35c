{# Clocks of sources run ahead; a day also covers times that were written without their offset. #}
{% test not_in_the_future(model, column_name, tolerance_hours=24) %}

with

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

latest_moment as (

    select {{ dbt.dateadd('hour', tolerance_hours, 'run_at') }} as latest_at from current_run

)

select tested.{{ column_name }}

from {{ model }} as tested
cross join latest_moment

where cast(tested.{{ column_name }} as timestamp) > latest_moment.latest_at

{% endtest %}
