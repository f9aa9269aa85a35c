update marts.audience_waterfall
set delivered_count = (
    select count(distinct coalesce(redirects.person_id, key_holders.person_id))
    from activation.delivered_state as delivered_state
    inner join activation.key_holders as key_holders
        on delivered_state.sync = key_holders.sync and delivered_state.key = key_holders.key
    left join marts.person_redirects as redirects
        on key_holders.person_id = redirects.former_person_id
    where list_contains($syncs, delivered_state.sync) and key_holders.is_current
)
where audience = $audience
