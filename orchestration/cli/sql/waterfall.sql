select
    audience_waterfall.audience,

    audience_waterfall.candidate_count,
    audience_waterfall.consented_count,
    audience_waterfall.deliverable_count,
    count(delivered_state.key) as delivered_count

from marts.audience_waterfall

left outer join activation.delivered_state
    on ends_with(delivered_state.sync, audience_waterfall.audience)

group by
    audience_waterfall.audience,
    audience_waterfall.candidate_count,
    audience_waterfall.consented_count,
    audience_waterfall.deliverable_count

order by audience_waterfall.audience
