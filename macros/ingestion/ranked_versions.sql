{# Equal times are decided by the order of loading, so that the last row of the last file counts. #}
{% macro ranked_versions(relation, key, recency=none) -%}
    select
        *,

        row_number() over (
            partition by {{ key | join(', ') }}
            order by
                {%- if recency %}
                {{ to_timestamp_utc(recency) }} desc nulls last,
                {%- endif %}
                _load_number desc nulls last,
                _file_name desc nulls last,
                _line_number desc nulls last
        ) as version_rank,

        count(*) over (partition by {{ key | join(', ') }}) as version_count

    from {{ relation }}
{%- endmacro %}
