{# Metadata only: a sync model without a declared exposure or without its consent test, a sync of
   an audience that nobody uses, and one that hands people to an advertising network for another
   purpose than just that, is a row. #}
{% set faults = [] %}
{% if execute %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.name.startswith('sync_') %}
        {% set exposures = [] %}
        {% for exposure in graph.exposures.values()
            if node.unique_id in exposure.depends_on.nodes %}
            {% do exposures.append(exposure) %}
            {% set sync = exposure.get('config', {}).get('meta', {}).get('sync', {}) %}
            {% for key in ['destination', 'mode', 'purpose', 'channel', 'match_keys']
                if not sync.get(key) %}
                {% do faults.append(exposure.name ~ ' declares no ' ~ key) %}
            {% endfor %}
            {% if sync.get('destination') in var('advertising_destinations')
                and sync.get('purpose') != 'ads_matching' %}
                {% do faults.append(exposure.name ~ ' advertises for another purpose') %}
            {% endif %}
            {% if (sync.get('mode') == 'delete') != ('__removed_' in node.name) %}
                {% do faults.append(exposure.name ~ ' deletes by its mode or its model, not both') %}
            {% endif %}
            {% if sync.get('audience') and sync.audience not in audience_names() %}
                {% do faults.append(exposure.name ~ ' declares an audience that is not in use') %}
            {% endif %}
        {% endfor %}
        {% if not exposures %}
            {% do faults.append(node.name ~ ' has no exposure') %}
        {% endif %}
        {% set consent_tests = [] %}
        {% for test in graph.nodes.values()
            if test.resource_type == 'test'
            and test.get('attached_node') == node.unique_id
            and test.get('test_metadata', {}).get('name') == 'only_consented_people' %}
            {% do consent_tests.append(test) %}
        {% endfor %}
        {% if not consent_tests and not '__removed_' in node.name %}
            {% do faults.append(node.name ~ ' is not tested with only_consented_people') %}
        {% endif %}
    {% endfor %}
{% endif %}
{% do faults.append('none') %}
with

faults as (

    {% for fault in faults %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select '{{ fault }}' as fault

    {% endfor %}
)

select * from faults

where fault <> 'none'
