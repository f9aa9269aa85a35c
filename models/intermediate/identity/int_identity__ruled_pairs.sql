with

compared_pairs as (

    select * from {{ ref('int_identity__compared_pairs') }}

),

match_rules as (

    select * from {{ ref('match_rules') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

{# Every border of a rule is a column of the seed, so that a new rule is a new row. #}
fulfilled_rules as (

    select
        compared_pairs.lower_node,
        compared_pairs.upper_node,
        match_rules.rank,
        match_rules.rule,
        row_number() over (
            partition by compared_pairs.lower_node, compared_pairs.upper_node
            order by match_rules.rank asc nulls last
        ) as rule_rank

    from compared_pairs

    inner join match_rules
        on compared_pairs.shares_id >= match_rules.shares_id
        and compared_pairs.shares_contact >= match_rules.shares_contact
        and compared_pairs.shares_email >= match_rules.shares_email
        and compared_pairs.shares_phone >= match_rules.shares_phone
        and compared_pairs.is_likely >= match_rules.is_likely
        and compared_pairs.is_one_nameless >= match_rules.is_one_nameless
        and compared_pairs.first_name_grade >= match_rules.first_name_at_least
        and compared_pairs.last_name_grade >= match_rules.last_name_at_least
        and compared_pairs.birth_date_grade >= match_rules.birth_date_at_least
        and compared_pairs.home_grade >= match_rules.home_at_least
        and 1 - compared_pairs.has_other_contacts >= 1 - match_rules.allows_other_contacts

    where not compared_pairs.is_contradicting or match_rules.may_contradict = 1

),

ruled_pairs as (

    select
        compared_pairs.*,
        case
            when decided_pairs.decision = 'same' then 0
            when decided_pairs.decision is null then fulfilled_rules.rank
        end as rank,
        case
            when decided_pairs.decision = 'same' then 'steward'
            when decided_pairs.decision is null then fulfilled_rules.rule
        end as rule,
        decided_pairs.decision

    from compared_pairs

    left outer join fulfilled_rules
        on compared_pairs.lower_node = fulfilled_rules.lower_node
        and compared_pairs.upper_node = fulfilled_rules.upper_node
        and fulfilled_rules.rule_rank = 1

    left outer join decided_pairs
        on compared_pairs.lower_node = decided_pairs.lower_node
        and compared_pairs.upper_node = decided_pairs.upper_node

)

select * from ruled_pairs
