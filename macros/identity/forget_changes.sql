{# Before the log of changes grows: what a killed run noted goes, and what a repeated run notes
   anew; in one transaction with the new rows. #}
{% macro forget_changes(former_changes, changes) -%}
    {%- if is_incremental() -%}
        {%- call statement(auto_begin=true) -%}
            delete from {{ this }}
            where
                change_id in (select change_id from {{ former_changes }} where not is_valid)
                or change_id in (select change_id from {{ changes }})
        {%- endcall -%}
    {%- endif -%}
{%- endmacro %}
