with

audience_selections as (

    select * from {{ ref('audience_selections') }}

),

single_customer_view as (

    select * from {{ ref('single_customer_view') }}

),

consents as (

    select * from {{ ref('consents') }}

),

audience_suppressions as (

    select * from {{ ref('audience_suppressions') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

declared_audiences as (

    {{ declared_audiences() }}

),

selected_people as (

    select
        audience_selections.audience,
        audience_selections.person_id,
        declared_audiences.purpose,
        declared_audiences.channel,
        declared_audiences.priority_group,
        declared_audiences.holdout_limit,
        declared_audiences.priority

    from audience_selections

    inner join declared_audiences
        on audience_selections.audience = declared_audiences.audience

),

{# An audience of channel any asks for the latest word on its purpose, on whichever channel. #}
consented_people as (

    select
        person_id,
        purpose,
        channel

    from consents

    where is_granted

    union all

    select
        person_id,
        purpose,
        'any' as channel

    from consents

    group by 1, 2

    having {{ is_latest_word_a_yes('consents') }}

),

suppressed_people as (

    select distinct
        audience,
        person_id

    from audience_suppressions

),

{# Who was delivered under one id is no control any more: joined people are held out only where
   each of them was. #}
former_draws as (

    select
        selected_people.audience,
        selected_people.person_id,

        max(
            {{ holdout_draw('person_redirects.former_person_id', 'selected_people.audience') }}
        ) as greatest_draw

    from selected_people

    inner join person_redirects
        on selected_people.person_id = person_redirects.person_id

    group by 1, 2

),

judged_people as (

    select
        selected_people.*,

        case
            when selected_people.channel = 'email' then single_customer_view.email is not null
            when selected_people.channel in ('sms', 'phone')
                then single_customer_view.phone is not null
            else single_customer_view.is_known
        end as is_contactable,
        consented_people.person_id is not null as is_consented,
        suppressed_people.person_id is not null as is_suppressed,
        {{ holdout_draw('selected_people.person_id', 'selected_people.audience') }}
        < selected_people.holdout_limit
        and coalesce(former_draws.greatest_draw < selected_people.holdout_limit, true)
            as is_holdout

    from selected_people

    inner join single_customer_view
        on selected_people.person_id = single_customer_view.person_id

    left outer join consented_people
        on selected_people.person_id = consented_people.person_id
        and selected_people.purpose = consented_people.purpose
        and selected_people.channel = consented_people.channel

    left outer join suppressed_people
        on selected_people.audience = suppressed_people.audience
        and selected_people.person_id = suppressed_people.person_id

    left outer join former_draws
        on selected_people.audience = former_draws.audience
        and selected_people.person_id = former_draws.person_id

),

{# An audience that cannot reach the person takes them from no other; one that holds them out does,
   or its control group would be written to by the next. #}
first_audiences as (

    select
        person_id,
        priority_group,

        min(priority) as priority

    from judged_people

    where priority_group is not null and is_contactable and is_consented and not is_suppressed

    group by 1, 2

),

audience_candidates as (

    select
        judged_people.audience,
        judged_people.person_id,
        judged_people.purpose,
        judged_people.channel,
        judged_people.priority_group,

        judged_people.is_contactable,
        judged_people.is_consented,
        judged_people.is_suppressed,
        judged_people.is_holdout,
        coalesce(judged_people.priority <= first_audiences.priority, true) as is_in_priority

    from judged_people

    left outer join first_audiences
        on judged_people.person_id = first_audiences.person_id
        and judged_people.priority_group = first_audiences.priority_group

)

select * from audience_candidates
