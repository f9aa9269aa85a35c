{# Only Gmail ignores dots; a +tag is the same mailbox nearly everywhere. Domains in other scripts
   stay as written: SQL has no punycode. #}
{% macro normalised_email(expression) -%}
    {%- set untagged = regexp_replace_all(mail_address(expression), '^([^+@]+)\\+[^@]*@', '\\1@') -%}
    {#- A domain without a dot cannot come out of the steps before, so it can mark Gmail. -#}
    {%- set marked = regexp_replace_all(untagged, '@(?:gmail|googlemail)\\.com$', '@gmail') -%}
    case
        when {{ marked }} like '%@gmail' then replace({{ marked }}, '.', '') || '.com'
        when {{ marked }} like '%@%' then {{ marked }}
    end
{%- endmacro %}
