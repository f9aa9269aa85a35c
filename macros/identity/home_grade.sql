{#
    People move: another home speaks neither for nor against. Who left out the postal code may mean
    another street of that name in a large town, so street and house have to agree to the letter,
    and even then are only close.
#}
{% macro home_grade(one, other) -%}
    case
        when {{ one }}.home_key is null or {{ other }}.home_key is null then 1
        when {{ one }}.home_key = {{ other }}.home_key then 4
        when
            ({{ one }}.postcode_key is null or {{ other }}.postcode_key is null)
            and {{ one }}.home_in_town_key = {{ other }}.home_in_town_key
            then 3
        when {{ name_similarity(one ~ '.home_key', other ~ '.home_key') }} >= 0.94 then 3
        else 0
    end
{%- endmacro %}
