{% test not_in_the_future(model, column_name) %}

with

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

)

select tested.{{ column_name }}

from {{ model }} as tested

inner join current_run
    on cast(tested.{{ column_name }} as timestamp) > current_run.run_at

{% endtest %}
