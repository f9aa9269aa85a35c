-- How many links each rule has before and after, and which of them join or no longer join people.
with

links as (

    select
        'before' as build,
        rule,
        left_key,
        right_key
    from before.marts.identity_links
    where is_used

    union all

    select
        'after' as build,
        rule,
        left_key,
        right_key
    from after.marts.identity_links
    where is_used

)

select
    links.rule,
    count(*) filter (where links.build = 'before') as links_before,
    count(*) filter (where links.build = 'after') as links_after,
    count(*) filter (
        where
        links.build = 'after' and lefts.before_person_id <> rights.before_person_id
    ) as links_joining,
    count(*) filter (
        where
        links.build = 'before' and lefts.after_person_id <> rights.after_person_id
    ) as links_lost
from links
left join records as lefts
    on links.left_key = lefts.record_key
left join records as rights
    on links.right_key = rights.record_key
group by links.rule
order by links_joining + links_lost desc, links.rule
