{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__compared_pairs'), ['lower_node', 'upper_node']) }}"
) }}

with

compared_pairs as (

    select compared_pairs.*

    from {{ ref('int_identity__compared_pairs') }} as compared_pairs

    {% if is_incremental() %}
        inner join {{ changed_units() }} as changed_units
            on compared_pairs.lower_node = changed_units.lower_node
            and compared_pairs.upper_node = changed_units.upper_node
    {% endif %}

),

match_rules as (

    select * from {{ ref('match_rules') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

{#
    Pairs agree in a few hundred ways, for each of which the rules are tried once. Every border of a
    rule is a column of the seed, so that a new rule is a new row.
#}
{%- set agreement = [
    'shares_id', 'shares_contact', 'shares_email', 'shares_phone', 'is_likely', 'is_one_nameless',
    'first_name_grade', 'middle_name_grade', 'last_name_grade', 'birth_date_grade', 'home_grade',
    'has_other_contacts', 'is_contradicting',
] %}
agreements as (

    select distinct {{ agreement | join(', ') }}

    from compared_pairs

),

fulfilled_rules as (

    select
        agreements.*,
        match_rules.rank,
        match_rules.rule,
        row_number() over (
            partition by agreements.{{ agreement | join(', agreements.') }}
            order by match_rules.rank asc nulls last
        ) as rule_rank

    from agreements

    inner join match_rules
        on agreements.shares_id >= match_rules.shares_id
        and agreements.shares_contact >= match_rules.shares_contact
        and agreements.shares_email >= match_rules.shares_email
        and agreements.shares_phone >= match_rules.shares_phone
        and agreements.is_likely >= match_rules.is_likely
        and agreements.is_one_nameless >= match_rules.is_one_nameless
        and agreements.first_name_grade >= match_rules.first_name_at_least
        and agreements.middle_name_grade >= match_rules.middle_name_at_least
        and agreements.last_name_grade >= match_rules.last_name_at_least
        and agreements.birth_date_grade >= match_rules.birth_date_at_least
        and agreements.home_grade >= match_rules.home_at_least
        and 1 - agreements.has_other_contacts >= 1 - match_rules.allows_other_contacts

    where not agreements.is_contradicting or match_rules.may_contradict = 1

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
        on fulfilled_rules.rule_rank = 1
        {% for column in agreement %}
            and compared_pairs.{{ column }} = fulfilled_rules.{{ column }}
        {% endfor %}

    left outer join decided_pairs
        on compared_pairs.lower_node = decided_pairs.lower_node
        and compared_pairs.upper_node = decided_pairs.upper_node

)

select * from ruled_pairs
