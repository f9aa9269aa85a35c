{# Before names are added: those of records that are gone, say something else, or had other rules. #}
{% macro forget_changed_names() -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where
        identity_version <> '{{ identity_version() }}'
        or not exists (
            select 1
            from {{ ref('int_identity__source_records') }} as source_records
            where
                source_records.node = {{ this.identifier }}.node
                and source_records.details_digest = {{ this.identifier }}.details_digest
        )
    {%- endif -%}
{%- endmacro %}
