{# People who agreed to one purpose on one channel. Leaving either out stops the whole project. #}
{% macro consented_to(purpose=none, channel=none) -%}
    {%- if not purpose or not channel -%}
        {{ exceptions.raise_compiler_error(
            model.original_file_path ~ " asks for consent without a purpose and a channel: "
            ~ "write consented_to(purpose='…', channel='…')."
        ) }}
    {%- endif -%}
    select person_id

    from {{ ref('consents') }}

    where
        purpose = '{{ purpose }}'
        and channel = '{{ channel }}'
        and is_granted
{%- endmacro %}
