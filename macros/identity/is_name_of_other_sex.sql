{#
    Whether two names are one in its forms for men and for women, as Paul and Paula, Victor and
    Victoria, Adrian and Adrianna, Mario and Maria, Daniel and Danielle are. That is how twins and
    couples are called; names that merely end in -a are typing errors more often, so those of men
    are listed. A short form may stand for both (Sasha for Alexander and Alexandra), so that what it
    stands for says nothing.
#}
{% macro is_name_of_other_sex(one, other) -%}
    {%- set called = [] -%}
    {%- for names in [one, other] -%}
        {%- do called.append(
            'coalesce(' ~ names ~ '.first_given_name, ' ~ names ~ '.first_name_key)'
        ) -%}
    {%- endfor -%}
    (
        {{ is_name_of_woman_for(called[0], called[1]) }}
        or {{ is_name_of_woman_for(called[1], called[0]) }}
        or (
            {{ is_written_out(one) }}
            and {{ is_written_out(other) }}
            and (
                {{ is_name_of_woman_for(one ~ '.full_first_name', other ~ '.full_first_name') }}
                or {{ is_name_of_woman_for(other ~ '.full_first_name', one ~ '.full_first_name') }}
            )
        )
    )
{%- endmacro %}
