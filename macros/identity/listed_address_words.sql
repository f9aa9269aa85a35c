{# The rows of the seed as it stands in the warehouse, by place and by what stands for them. #}
{% macro listed_address_words() -%}
    {%- set seed = load_relation(ref('address_words')) if execute -%}
    {%- set words = [] -%}
    {%- if seed -%}
        {%- set word = transliterated(without_accents("lower(replace(word, '''', ''))")) -%}
        {%- set written_as = letters_only(transliterated("coalesce(written_as, '')")) -%}
        {%- set found = run_query(
            "select distinct " ~ word ~ " as word, " ~ written_as ~ " as written_as, position from "
            ~ seed ~ " order by written_as, word, position"
        ) -%}
        {%- for row in found.rows -%}
            {%- do words.append({'word': row[0], 'written_as': row[1], 'position': row[2]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(words) }}
{%- endmacro %}
