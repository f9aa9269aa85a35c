-- Sizes of the audiences, and who joined or left: people none of whose records was, or is, in it.
with

audiences as (

    select audience from before.marts.audience_members
    union
    select audience from after.marts.audience_members

),

former_members as (

    select
        members.audience,
        members.person_id,
        max(coalesce(present.audience is not null, false)) as is_still_in
    from before.marts.audience_members as members
    left join records
        on members.person_id = records.before_person_id
    left join after.marts.audience_members as present
        on
            members.audience = present.audience
            and records.after_person_id = present.person_id
    group by members.audience, members.person_id

),

present_members as (

    select
        members.audience,
        members.person_id,
        max(coalesce(former.audience is not null, false)) as was_in
    from after.marts.audience_members as members
    left join records
        on members.person_id = records.after_person_id
    left join before.marts.audience_members as former
        on
            members.audience = former.audience
            and records.before_person_id = former.person_id
    group by members.audience, members.person_id

),

former_counts as (

    select
        audience,
        count(*) as members_before,
        count(*) filter (where not is_still_in) as members_left
    from former_members
    group by audience

),

present_counts as (

    select
        audience,
        count(*) as members_after,
        count(*) filter (where not was_in) as members_joined
    from present_members
    group by audience

)

select
    audiences.audience,
    coalesce(former_counts.members_before, 0) as members_before,
    coalesce(present_counts.members_after, 0) as members_after,
    coalesce(present_counts.members_joined, 0) as members_joined,
    coalesce(former_counts.members_left, 0) as members_left
from audiences
left join former_counts
    on audiences.audience = former_counts.audience
left join present_counts
    on audiences.audience = present_counts.audience
order by audiences.audience
