with

health_metrics as (

    select * from {{ ref('int_identity__health_metrics') }}

),

health_limits as (

    select * from {{ ref('health_limits') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_health as (

    {{ previous_rows('identity_health', {
        'measurement_id': 'text', 'run_id': 'text', 'metric': 'text',
        'metric_value': 'decimal(18, 6)', 'past_value': 'decimal(18, 6)',
        'greatest_healthy_value': 'decimal(18, 6)', 'is_healthy': 'boolean',
        'measured_at': 'timestamp'
    }) }}

),

{# A run that is repeated measures anew and is not its own past. #}
kept_health as (

    select former_health.*

    from former_health

    cross join current_run

    where former_health.run_id <> current_run.run_id

),

past_values as (

    select
        kept_health.metric,

        cast(avg(kept_health.metric_value) as decimal(18, 6)) as past_value

    from kept_health

    cross join current_run

    where
        kept_health.measured_at
        >= {{ dbt.dateadd('day', -1 * var('health_past_days'), 'current_run.run_at') }}

    group by 1

),

measured_health as (

    select
        current_run.run_id,
        health_metrics.metric,

        cast(coalesce(health_metrics.metric_value, 0) as decimal(18, 6)) as metric_value,
        past_values.past_value,
        cast(greatest(
            health_limits.healthy_up_to,
            coalesce(
                health_limits.healthy_up_to_times_past * past_values.past_value,
                health_limits.healthy_up_to
            )
        ) as decimal(18, 6)) as greatest_healthy_value,

        current_run.run_at as measured_at

    from health_metrics

    cross join current_run

    left outer join health_limits
        on health_metrics.metric = health_limits.metric

    left outer join past_values
        on health_metrics.metric = past_values.metric

),

identity_health as (

    select * from kept_health

    union all

    select
        run_id || ':' || metric as measurement_id,
        run_id,
        metric,
        metric_value,
        past_value,
        greatest_healthy_value,
        coalesce(metric_value <= greatest_healthy_value, true) as is_healthy,
        measured_at

    from measured_health

)

select * from identity_health
