{# People who agreed to one purpose on one channel and have not refused messages there. Leaving
   either out stops the whole project. #}
{% macro consented_to(purpose=none, channel=none) -%}
    {%- if not purpose or not channel -%}
        {{ exceptions.raise_compiler_error(
            model.original_file_path ~ " asks for consent without a purpose and a channel: "
            ~ "write consented_to(purpose='…', channel='…')."
        ) }}
    {%- endif -%}
    select consents.person_id

    from {{ ref('consents') }} as consents

    left join {{ ref('suppressions') }} as suppressions
        on consents.person_id = suppressions.person_id
        and consents.channel = suppressions.channel

    where
        consents.purpose = '{{ purpose }}'
        and consents.channel = '{{ channel }}'
        and consents.is_granted
        and suppressions.person_id is null
{%- endmacro %}
