with

audience_members as (

    select * from {{ ref('audience_members') }}

),

declared_audiences as (

    {{ declared_audiences() }}

),

shared_members as (

    select
        members.audience,
        other_members.audience as other_audience,

        count(*) as person_count

    from audience_members as members

    inner join audience_members as other_members
        on members.person_id = other_members.person_id

    group by 1, 2

),

audience_overlaps as (

    select
        declared_audiences.audience,
        other_audiences.audience as other_audience,

        coalesce(shared_members.person_count, 0) as person_count,
        {{ share('coalesce(shared_members.person_count, 0)', 'sizes.person_count') }}
            as person_share

    from declared_audiences

    cross join declared_audiences as other_audiences

    left outer join shared_members
        on declared_audiences.audience = shared_members.audience
        and other_audiences.audience = shared_members.other_audience

    left outer join shared_members as sizes
        on declared_audiences.audience = sizes.audience
        and declared_audiences.audience = sizes.other_audience

)

select * from audience_overlaps
