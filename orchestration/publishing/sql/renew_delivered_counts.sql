update marts.audience_waterfall
set delivered_count = (
    select count(distinct key)
    from activation.delivered_state
    where list_contains($syncs, sync)
)
where audience = $audience
