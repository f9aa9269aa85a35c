{#
    One text for everything but the records that decides who is one person: the models, seeds and
    vars of identity and the macros that they compare by. Results of another version are worth
    nothing. Where pairs are scored, each build has a version of its own, since what one record says
    changes the scores of all.
#}
{% macro identity_version() -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {#- The first number is raised with every change of the other macros in this folder that may
        change who is one person. -#}
    {%- set parts = [
        10, identifier_columns(), normaliser_version(), normalised_name('n', is_given=true),
        given_names('n'), name_behind_given('n'),
        patronymic_key('n'), transliterated('n'),
        street_key('s', []), town_key('t'), normalised_postcode('p'), first_name_grade('x', 'y'),
        middle_name_grade('x', 'y'), last_name_grade('x', 'y'),
        birth_date_grade('x', 'y'), home_grade('x', 'y'), contradicts('f', 'm', 'l', 'b', 'p'),
        delivery_email('x'), var('reserved_domains_are_junk'), var('max_names_per_value'),
        var('max_signatures_per_person'), var('max_guarded_rounds'),
    ] -%}
    {%- for node in graph.get('nodes', {}).values() | sort(attribute='unique_id')
        if node.resource_type in ('model', 'seed') and 'identity' in node.fqn -%}
        {%- do parts.append(node.checksum.checksum) -%}
    {%- endfor -%}
    {%- if env_var('ONEFOLD_IDENTITY_INFERENCE', 'off') != 'off' -%}
        {%- do parts.append(invocation_id) -%}
    {%- endif -%}
    {{ return(local_md5(parts | join(';'))) }}
{%- endmacro %}
