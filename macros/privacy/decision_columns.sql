{# What may be done, on which channel, and whom it is about, from the columns of the register. #}
{% macro decision_columns() -%}
        {{ clean_text('record_id') }} as record_id,

        coalesce(lower({{ clean_text('purpose') }}), 'marketing') as purpose,
        lower({{ clean_text('channel') }}) as channel,
        lower({{ clean_text('source_name') }}) as source_name,
        lower({{ clean_text('record_type') }}) as record_type,
        lower({{ clean_text('identifier_type') }}) as identifier_type,
        case lower({{ clean_text('identifier_type') }})
            when 'email' then {{ normalised_email('identifier_value') }}
            when 'phone' then {{ normalised_phone('identifier_value') }}
            else {{ clean_text('identifier_value') }}
        end as identifier_value,
        {{ clean_text('identifier_value') }} as identifier_value_as_given,
        {{ clean_text('source') }} as source,
        {{ clean_text('text_version') }} as text_version
{%- endmacro %}
