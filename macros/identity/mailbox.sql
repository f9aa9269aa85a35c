{#
    The mailbox behind an e-mail address: where a provider ignores what follows a plus sign, or
    dots, in the local part, so does the comparison. The address that mail is sent to stays as given.
#}
{% macro mailbox(email) -%}
    {%- set domain = dbt.split_part(email, "'@'", 2) -%}
    {%- set local_part = dbt.split_part(email, "'@'", 1) -%}
    {%- set untagged = dbt.split_part(local_part, "'+'", 1) -%}
    case
        {%- for rule in var('mailbox_rules') %}
        when {{ domain }} in ('{{ rule.domains | join("', '") }}') then
            {{ "replace(" ~ untagged ~ ", '.', '')" if rule.ignores_dots else untagged }}
            || '@{{ rule.domains[0] }}'
        {%- endfor %}
        else {{ email }}
    end
{%- endmacro %}
