{# Only Gmail ignores dots; a +tag is the same mailbox nearly everywhere, and the var
   email_domains_with_tags names where it is not. Domains in other scripts stay as written: SQL has
   no punycode. #}
{% macro normalised_email(expression) -%}
    {%- set address = delivery_email(expression) -%}
    {#- No address has a domain without a dot, so that can mark Gmail until its dots are gone. -#}
    {%- set marked = rewritten(address, [
        ('^([^+@]+)\\+[^@]*@', '\\1@'),
        ('@(?:gmail|googlemail)\\.com$', '@gmail'),
    ]) -%}
    {%- set tagging = var('email_domains_with_tags') -%}
    case
        {% if tagging -%}
            {%- set domains = tagging | map('lower') | map('replace', '.', '\\.') | join('|') -%}
            when {{ regexp_matches(address, '@(?:' ~ domains ~ ')$') }} then {{ address }}
        {% endif -%}
        when {{ marked }} like '%@gmail' then replace({{ marked }}, '.', '') || '.com'
        else {{ marked }}
    end
{%- endmacro %}
