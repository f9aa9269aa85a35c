{#
    One slip of the finger is close, and so are day and month in each other's place; two equal
    parts of three are "rather different", since father and son differ in more.
#}
{% macro birth_date_grade(one, other) -%}
    {%- set text_one = "cast(" ~ one ~ ".birth_date as " ~ dbt.type_string() ~ ")" -%}
    {%- set text_other = "cast(" ~ other ~ ".birth_date as " ~ dbt.type_string() ~ ")" -%}
    case
        when {{ one }}.birth_date is null or {{ other }}.birth_date is null then 1
        when {{ one }}.birth_date = {{ other }}.birth_date then 4
        when {{ edit_distance(text_one, text_other) }} <= 1 then 3
        when
            left({{ text_one }}, 5) = left({{ text_other }}, 5)
            and substring({{ text_one }}, 6, 2) = right({{ text_other }}, 2)
            and right({{ text_one }}, 2) = substring({{ text_other }}, 6, 2)
            then 3
        when
            case when left({{ text_one }}, 4) = left({{ text_other }}, 4) then 1 else 0 end
            + case
                when substring({{ text_one }}, 6, 2) = substring({{ text_other }}, 6, 2) then 1
                else 0
            end
            + case when right({{ text_one }}, 2) = right({{ text_other }}, 2) then 1 else 0 end
            >= 2
            then 0
        else -1
    end
{%- endmacro %}
