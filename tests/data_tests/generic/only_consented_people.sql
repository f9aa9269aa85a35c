{# Reads purpose and channel from the exposures of the model, not from its SQL, so that the
   declaration and the model cannot drift apart. #}
{% test only_consented_people(model) %}

{%- set declarations = [] -%}
{%- if execute -%}
    {%- for exposure in graph.exposures.values()
        if 'model.' ~ project_name ~ '.' ~ model.identifier in exposure.depends_on.nodes -%}
        {%- set sync = exposure.get('config', {}).get('meta', {}).get('sync', {}) -%}
        {%- if not sync.get('purpose') or not sync.get('channel') -%}
            {{ exceptions.raise_compiler_error(
                exposure.original_file_path ~ " declares no purpose and channel: set "
                ~ "config.meta.sync.purpose and .channel of the exposure " ~ exposure.name ~ "."
            ) }}
        {%- endif -%}
        {%- do declarations.append(sync) -%}
    {%- endfor -%}
    {%- if not declarations -%}
        {{ exceptions.raise_compiler_error(
            model.identifier ~ " has no exposure: declare its sync on its page."
        ) }}
    {%- endif -%}
{%- endif -%}

select model_rows.person_id

from {{ model }} as model_rows

left join {{ ref('consents') }} as consents
    on model_rows.person_id = consents.person_id

left join {{ ref('suppressions') }} as suppressions
    on consents.person_id = suppressions.person_id

group by model_rows.person_id

having
    1 = 0
    {%- for sync in declarations %}
    {%- set decisions -%}
        consents.purpose = '{{ sync.purpose }}'
        and '{{ sync.channel }}' in ('any', consents.channel)
    {%- endset %}
    or count(*) filter (where {{ decisions }} and consents.is_granted) = 0
    or max(consents.decided_at) filter (where {{ decisions }})
    = max(consents.decided_at) filter (where {{ decisions }} and not consents.is_granted)
    or count(*) filter (where suppressions.channel = '{{ sync.channel }}') > 0
    {%- endfor %}

{% endtest %}
