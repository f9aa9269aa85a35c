{#
    Which unions of groups can not be one person: two of their records contradict each other, or
    they would hold more values of a type than one person has. The only test of this kind: whole
    components, single pairs and torn neighbours all go through it.

    `unions` has (union_id, group_node), `groups` has (node, group_node). Gives a query of union_id.
#}
{% macro conflicting_unions(unions, groups, names, values) -%}
    with members as (
        select u.union_id, g.node from {{ unions }} as u
        inner join {{ groups }} as g on u.group_node = g.group_node
    ),
    signatures as (
        select distinct
            m.union_id, n.signature, n.first_name_key, n.full_first_name, n.last_name_key,
            n.birth_date
        from members as m inner join {{ names }} as n on m.node = n.node
        where n.signature <> '||'
    ),
    counted_signatures as (
        select *, count(*) over (partition by union_id) as signature_count from signatures
    ),
    graded_signatures as (
        select
            s.union_id,
            {{ first_name_grade('s', 't') }} as first_name_grade,
            {{ last_name_grade('s', 't') }} as last_name_grade,
            {{ birth_date_grade('s', 't') }} as birth_date_grade
        from counted_signatures as s
        inner join counted_signatures as t
            on s.union_id = t.union_id and s.signature < t.signature
        where s.signature_count between 2 and {{ var('max_signatures_per_person') }}
    )
    select distinct union_id from graded_signatures
    where {{ contradicts('first_name_grade', 'last_name_grade', 'birth_date_grade') }}
    union distinct
    select union_id from counted_signatures
    where signature_count > {{ var('max_signatures_per_person') }}
    union distinct
    select m.union_id from members as m
    inner join {{ values }} as v on m.node = v.node
    group by m.union_id, v.key_type, v.max_per_person
    having count(distinct v.key_value) > v.max_per_person
{%- endmacro %}
