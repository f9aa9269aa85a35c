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
            and {{ one }}.town_key = {{ other }}.town_key
            and {{ one }}.street_key = {{ other }}.street_key
            and {{ regexp_matches(one ~ '.street_key', '\\d') }}
            then 3
        when {{ name_similarity(one ~ '.home_key', other ~ '.home_key') }} >= 0.94 then 3
        else 0
    end
{%- endmacro %}
