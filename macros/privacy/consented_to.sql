{# People who agreed to one purpose on one channel and have not refused messages there. Leaving
   either out stops the whole project. Advertising networks are no channel: with channel='any' the
   latest word on the purpose counts, whichever channel it names, and of one instant the refusal. #}
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
        and suppressions.channel = '{{ channel }}'

    where
        consents.purpose = '{{ purpose }}'
        and suppressions.person_id is null
        {%- if channel == 'any' %}

    group by consents.person_id

    having {{ is_latest_word_a_yes('consents') }}
        {%- else %}
        and consents.channel = '{{ channel }}'
        and consents.is_granted
        {%- endif %}
{%- endmacro %}
