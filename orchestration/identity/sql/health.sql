-- What the newest build measured.
select
    health.metric,
    cast(health.metric_value as double) as metric_value,
    cast(health.past_value as double) as past_value,
    cast(health.greatest_healthy_value as double) as greatest_healthy_value,
    health.is_healthy
from marts.identity_health as health
where health.run_id = (
    select newest.run_id
    from marts.identity_health as newest
    order by newest.measured_at desc, newest.run_id desc
    limit 1
)
