{# Only Gmail ignores dots; a +tag is the same mailbox nearly everywhere. Domains in other scripts
   stay as written: SQL has no punycode. #}
{% macro normalised_email(expression) -%}
    {%- set untagged = regexp_replace_all(delivery_email(expression), '^([^+@]+)\\+[^@]*@', '\\1@') -%}
    {%- set one_domain = regexp_replace_all(untagged, '@googlemail\\.com$', '@gmail.com') -%}
    {%- set local_part = dbt.split_part(one_domain, "'@'", 1) -%}
    case
        when {{ regexp_matches(one_domain, '[^.@].*@gmail\\.com$') }}
            then replace({{ local_part }}, '.', '') || '@gmail.com'
        when {{ one_domain }} not like '%@gmail.com' then {{ one_domain }}
    end
{%- endmacro %}
