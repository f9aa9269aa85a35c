-- The latest values of each metric, the newest run last.
with

runs as (

    select
        run_id,
        measured_at,
        row_number() over (order by measured_at desc, run_id desc) as recency_rank
    from marts.identity_health
    group by run_id, measured_at

)

select
    health.metric,
    health.run_id,
    cast(health.metric_value as double) as metric_value,
    cast(health.past_value as double) as past_value,
    cast(health.greatest_healthy_value as double) as greatest_healthy_value,
    health.is_healthy
from marts.identity_health as health
inner join runs
    on health.run_id = runs.run_id
where runs.recency_rank <= $run_count
order by runs.recency_rank desc, health.metric
