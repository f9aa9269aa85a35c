{# Only Gmail ignores dots; a +tag is the same mailbox nearly everywhere. Domains in other scripts
   stay as written: SQL has no punycode. #}
{% macro normalised_email(expression) -%}
    {#- No address has a domain without a dot, so that can mark Gmail until its dots are gone. -#}
    {%- set marked = rewritten(delivery_email(expression), [
        ('^([^+@]+)\\+[^@]*@', '\\1@'),
        ('@(?:gmail|googlemail)\\.com$', '@gmail'),
    ]) -%}
    case
        when {{ marked }} like '%@gmail' then replace({{ marked }}, '.', '') || '.com'
        else {{ marked }}
    end
{%- endmacro %}
