with

landings as (

    select * from {{ ref('int_events__landings') }}

),

referrer_mapping as (

    select * from {{ ref('referrer_mapping') }}

),

referrers as (

    select distinct
        referrer_host,
        referrer_address

    from landings

    where referrer_host is not null

),

{# `{}` stands for any country code or top-level domain; an entry with a path beats its host. #}
patterns as (

    select
        medium,
        site,
        replace(host, '{}', '%') as pattern,

        length(host) as host_length,

        host like '%/%' as has_path

    from referrer_mapping

),

ranked_matches as (

    select
        referrers.referrer_address,
        patterns.medium,
        patterns.site,

        row_number() over (
            partition by referrers.referrer_address
            order by
                patterns.host_length desc nulls last,
                patterns.pattern asc nulls last
        ) as match_rank

    from referrers

    inner join patterns
        on (not patterns.has_path and referrers.referrer_host like patterns.pattern)
        or (
            not patterns.has_path
            and 'www.' || referrers.referrer_host like patterns.pattern
        )
        or (patterns.has_path and referrers.referrer_address like patterns.pattern || '%')

),

referrer_sites as (

    select
        referrer_address,
        medium,
        site

    from ranked_matches

    where match_rank = 1

)

select * from referrer_sites
