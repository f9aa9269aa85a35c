{#
    Which unions of groups can not be one person: two of their records contradict each other, or
    they would hold more values of a type than one person has. The only test of this kind: whole
    components, single pairs and torn neighbours all go through it. Only int_identity__excused_pairs
    excuse that names, patronymics or birth dates contradict each other.

    `unions` has (union_id, group_node), `groups` has (node, group_node). Gives a query of union_id.
#}
{% macro conflicting_unions(unions, groups, names, values) -%}
    with members as (
        select u.union_id, g.node from {{ unions }} as u
        inner join {{ groups }} as g on u.group_node = g.group_node
    ),
    signatures as (
        select distinct
            m.union_id, n.signature, n.first_name_key, n.full_first_name, n.first_given_name,
            n.other_given_names, n.last_name_key, n.full_last_name, n.is_last_name_unsure,
            n.birth_date, n.patronymic_key
        from members as m inner join {{ names }} as n on m.node = n.node
        where n.signature <> '||'
    ),
    counted_signatures as (
        select *, count(*) over (partition by union_id) as signature_count from signatures
    ),
    graded_signatures as (
        select
            s.union_id, s.signature as lower_signature, t.signature as upper_signature,
            {{ first_name_grade('s', 't') }} as first_name_grade,
            case when {{ are_other_patronymics('s', 't') }} then -1 else 1 end
                as middle_name_grade,
            {{ last_name_grade('s', 't') }} as last_name_grade,
            {{ birth_date_grade('s', 't') }} as birth_date_grade
        from counted_signatures as s
        inner join counted_signatures as t
            on s.union_id = t.union_id and s.signature < t.signature
        where s.signature_count between 2 and {{ var('max_signatures_per_person') }}
    ),
    contradictions as (
        select
            union_id, lower_signature, upper_signature,
            case when first_name_grade = -1 or middle_name_grade = -1 then 1 else 0 end
                as is_by_name
        from graded_signatures
        where {{ contradicts(
            'first_name_grade', 'middle_name_grade', 'last_name_grade', 'birth_date_grade'
        ) }}
    ),
    {{ excused_contradictions(names) }}
    select c.union_id from contradictions as c
    left join excused as e
        on c.union_id = e.union_id
        and c.lower_signature = e.lower_signature and c.upper_signature = e.upper_signature
    where e.union_id is null
    union distinct
    select union_id from counted_signatures
    where signature_count > {{ var('max_signatures_per_person') }}
    union distinct
    select m.union_id from members as m
    inner join {{ values }} as v on m.node = v.node
    group by m.union_id, v.key_type, v.max_per_person
    having count(distinct v.key_number) > v.max_per_person
{%- endmacro %}

{#
    What a steward, or a rule that may, joined across a contradiction is called by either name: two
    names that contradict each other are excused if one of them fits the one record and the other
    the other. No others are; nor does one wrong birth date excuse a father's other name.
#}
{% macro excused_contradictions(names) -%}
    decided_names as (
        select
            l.union_id, x.signature as signature, y.signature as other_signature, d.excuses_names
        from {{ ref('int_identity__excused_pairs') }} as d
        inner join members as l on d.lower_node = l.node
        inner join members as u on d.upper_node = u.node and l.union_id = u.union_id
        inner join {{ names }} as x on d.lower_node = x.node
        inner join {{ names }} as y on d.upper_node = y.node
    ),
    either_name as (
        select union_id, signature, other_signature, excuses_names from decided_names
        union distinct
        select union_id, other_signature, signature, excuses_names from decided_names
    ),
    either_contradiction as (
        select
            union_id, lower_signature as signature, upper_signature as other_signature, is_by_name
        from contradictions
        union all
        select union_id, upper_signature, lower_signature, is_by_name from contradictions
    ),
    excuses as (
        select c.union_id, c.signature, c.other_signature
        from either_contradiction as c
        inner join either_name as n
            on c.union_id = n.union_id and c.is_by_name <= n.excuses_names
        left join either_contradiction as j
            on c.union_id = j.union_id and c.signature = j.signature
            and n.signature = j.other_signature
        left join either_contradiction as k
            on c.union_id = k.union_id and c.other_signature = k.signature
            and n.other_signature = k.other_signature
        where j.union_id is null and k.union_id is null
    ),
    excused as (
        select distinct
            union_id,
            least(signature, other_signature) as lower_signature,
            greatest(signature, other_signature) as upper_signature
        from excuses
    )
{%- endmacro %}
