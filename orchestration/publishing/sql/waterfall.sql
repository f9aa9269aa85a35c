select *
from marts.audience_waterfall
order by audience
