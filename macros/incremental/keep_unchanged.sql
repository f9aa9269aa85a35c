{#
    Before an incremental model adds rows: forget those whose fingerprint is that of no unit any
    more, and note the units that the model has to make, which changed_units then reads. `units` is
    a relation, or a query in brackets, with the columns of `key` and a fingerprint for each unit:
    a number for all that the rows of the unit are made of, the key included. So there is no other
    state to be trusted, whatever became of a build.
#}
{% macro keep_unchanged(units, key) -%}
    {%- if is_incremental() -%}
        {%- set differences = scratch_table('differing_units') -%}
        {%- do fill_table(
            differences,
            "select p.*, t.fingerprint as former_fingerprint from (select " ~ key | join(", ")
            ~ ", fingerprint from " ~ units ~ ") as p full outer join (select fingerprint from "
            ~ this ~ ") as t on p.fingerprint = t.fingerprint"
            ~ " where p.fingerprint is null or t.fingerprint is null"
        ) -%}
        {%- do fill_table(
            scratch_table('changed_units'),
            "select " ~ key | join(", ") ~ ", fingerprint from " ~ differences
            ~ " where fingerprint is not null"
        ) -%}
        {#- It begins the transaction that the new rows are committed in: were it committed by itself,
            a build killed in between would forget whose records these were. -#}
        {%- call statement(auto_begin=true) -%}
            delete from {{ this }}
            where
                fingerprint is null
                or fingerprint in (
                    select former_fingerprint from {{ differences }}
                    where former_fingerprint is not null
                )
        {%- endcall -%}
        {%- do run_query("drop table " ~ differences) -%}
    {%- endif -%}
{%- endmacro %}
