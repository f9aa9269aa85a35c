-- Whom one may contact, and for how many people of before the answer is another now. Whose records
-- went to several people may be contacted if any of these may.
with

former_permissions as (

    unpivot (
        select person_id, may_email, may_sms, may_call, may_push, may_advertise
        from before.marts.contact_permissions
    )
    on may_email, may_sms, may_call, may_push, may_advertise
    into name permission value is_granted

),

present_permissions as (

    unpivot (
        select person_id, may_email, may_sms, may_call, may_push, may_advertise
        from after.marts.contact_permissions
    )
    on may_email, may_sms, may_call, may_push, may_advertise
    into name permission value is_granted

),

names as (

    select unnest(['may_email', 'may_sms', 'may_call', 'may_push', 'may_advertise']) as permission

),

answers as (

    select
        names.permission,
        records.before_person_id,
        max(coalesce(former_permissions.is_granted, false)) as was_granted,
        max(coalesce(present_permissions.is_granted, false)) as is_granted
    from records
    cross join names
    left join former_permissions
        on
            records.before_person_id = former_permissions.person_id
            and names.permission = former_permissions.permission
    left join present_permissions
        on
            records.after_person_id = present_permissions.person_id
            and names.permission = present_permissions.permission
    where records.before_person_id is not null
    group by names.permission, records.before_person_id

),

present_counts as (

    select
        permission,
        count(*) filter (where is_granted) as granted_after
    from present_permissions
    group by permission

)

select
    answers.permission,
    count(*) filter (where answers.was_granted) as granted_before,
    coalesce(any_value(present_counts.granted_after), 0) as granted_after,
    count(*) filter (where answers.is_granted and not answers.was_granted) as newly_granted,
    count(*) filter (where answers.was_granted and not answers.is_granted) as no_longer_granted
from answers
left join present_counts
    on answers.permission = present_counts.permission
group by answers.permission
order by answers.permission
