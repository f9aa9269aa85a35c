{#
    Before an incremental model adds rows: forget those whose fingerprint is that of no unit any
    more, and note the units that the model has to make, which changed_units then reads. `units` is
    a relation, or a query in brackets, with the columns of `key` and a fingerprint for each unit:
    a number for all that the rows of the unit are made of, the key included. So there is no other
    state to be trusted, whatever became of a build.
#}
{% macro keep_unchanged(units, key) -%}
    {%- if is_incremental() -%}
        {%- set present = scratch_table('present_units') -%}
        {%- do fill_table(
            present, "select " ~ key | join(", ") ~ ", fingerprint from " ~ units
        ) -%}
        {%- do fill_table(
            scratch_table('changed_units'),
            "select p.* from " ~ present ~ " as p where not exists (select 1 from " ~ this
            ~ " as t where t.fingerprint = p.fingerprint)"
        ) -%}
        {#- It begins the transaction that the new rows are committed in: were it committed by itself,
            a build killed in between would forget whose records these were. -#}
        {%- call statement(auto_begin=true) -%}
            delete from {{ this }}
            where not exists (
                select 1 from {{ present }} as p
                where p.fingerprint = {{ this.identifier }}.fingerprint
            )
        {%- endcall -%}
        {%- do run_query("drop table " ~ present) -%}
    {%- endif -%}
{%- endmacro %}
