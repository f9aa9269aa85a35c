{% macro apply_nameless_rules(open, types, conflict_query) -%}
    {% for identifier_type in types %}
        {% for edges in [
            edges_of_namesakes(open['values'], open['groups'], open['names'], identifier_type),
            edges_of_nameless(open['values'], open['groups'], open['names'], identifier_type),
        ] %}
            {% do apply_rule(edges, open['groups'], open['names'], conflict_query) %}
        {% endfor %}
    {% endfor %}
{%- endmacro %}

{#
    The contacts that a rule of the seed lets join records without a name, the strongest rule first:
    no rule, no join.
#}
{% macro nameless_types() -%}
    {%- set rules = "from " ~ ref('match_rules')
        ~ " where is_one_nameless = 1 and (shares_contact = 1 or " -%}
    {% set types = run_query(
        "select identifier_type, min(rank) as rank from ("
        ~ "select 'email' as identifier_type, rank " ~ rules
        ~ "shares_email = 1) and shares_phone = 0"
        ~ " union all select 'phone' as identifier_type, rank " ~ rules
        ~ "shares_phone = 1) and shares_email = 0) as rules group by 1 order by 2, 1") %}
    {{ return(types.columns[0].values()) }}
{%- endmacro %}

{#
    Groups that hold a contact which somebody without a name has, what the named ones are called,
    and the group of the first nameless holder: int_identity__paired_values ties the others to that
    one, so that whatever is united through it can be explained.
#}
{% macro contact_holders(values, groups, names, identifier_type) -%}
    named_groups as (
        select
            g.group_node,
            max(case when n.is_nameless then 0 else 1 end) as is_named,
            min(case when not n.is_nameless then {{ whole_name('n') }} end) as lowest_name,
            max(case when not n.is_nameless then {{ whole_name('n') }} end) as highest_name,
            min(n.birth_date) as earliest_birth_date,
            max(n.birth_date) as latest_birth_date
        from {{ groups }} as g inner join {{ names }} as n on g.node = n.node
        group by g.group_node
    ),
    nameless_values as (
        select v.key_number, min(v.node) as first_node
        from {{ values }} as v inner join {{ names }} as n on v.node = n.node
        where v.key_type = '{{ identifier_type }}' and n.is_nameless
        group by v.key_number
    ),
    holders as (
        select distinct
            v.key_number, f.group_node as first_group, n.*
        from {{ values }} as v
        inner join nameless_values as o on v.key_number = o.key_number
        inner join {{ groups }} as f on o.first_node = f.node
        inner join {{ groups }} as g on v.node = g.node
        inner join named_groups as n on g.group_node = n.group_node
        where v.key_type = '{{ identifier_type }}'
    )
{%- endmacro %}

{% macro whole_name(name) -%}
    coalesce({{ name }}.full_first_name, '') || '|' || coalesce({{ name }}.last_name_key, '')
{%- endmacro %}

{# Groups that hold a contact which somebody without a name has. #}
{% macro groups_with_nameless_contacts(groups, names, values, types) -%}
    select distinct g.group_node
    from {{ values }} as v
    inner join (
        select distinct o.key_type, o.key_number
        from {{ values }} as o inner join {{ names }} as n on o.node = n.node
        where n.is_nameless and o.key_type in ('{{ types | join("', '") }}')
    ) as c on v.key_type = c.key_type and v.key_number = c.key_number
    inner join {{ groups }} as g on v.node = g.node
{%- endmacro %}

{#
    The named holders of a contact, where all have one name and no other birth date: by a receipt,
    each has the other's contact.
#}
{% macro edges_of_namesakes(values, groups, names, identifier_type) -%}
    with {{ contact_holders(values, groups, names, identifier_type) }},
    namesakes as (
        select key_number, first_group from holders
        where is_named = 1
        group by key_number, first_group
        having
            max(case when group_node = first_group then 1 else 0 end) = 1
            and min(lowest_name) = max(highest_name)
            and min(lowest_name) like '_%|_%'
            and min(earliest_birth_date) is not distinct from max(latest_birth_date)
    )
    select distinct
        least(n.first_group, h.group_node) as a,
        greatest(n.first_group, h.group_node) as b,
        1 as strength
    from namesakes as n
    inner join holders as h on n.key_number = h.key_number and n.first_group <> h.group_node
    where h.is_named = 1
{%- endmacro %}

{#
    Receipts, orders and logins without a name belong to the one named holder of their contact.
    A value with two named holders is torn: whose the nameless rows are is not guessed.
#}
{% macro edges_of_nameless(values, groups, names, identifier_type) -%}
    with {{ contact_holders(values, groups, names, identifier_type) }},
    counted_holders as (
        select *, sum(is_named) over (partition by key_number) as named_count from holders
    )
    select distinct
        least(first_group, group_node) as a,
        greatest(first_group, group_node) as b,
        1 as strength
    from counted_holders
    where named_count <= 1 and first_group <> group_node
{%- endmacro %}
