-- Why an identifier, as a whole or between two records, ties nobody.
select distinct links.unused_reason
from marts.identity_links as links
where
    not links.is_used
    and list_contains($identifier_ids, links.identifier_id)
order by links.unused_reason
