{# Both sides of both limits: as many rows as are tolerated, and one more. #}
{% set tolerated = var('tolerated_quarantined_rows') %}
{% set one_too_many = tolerated + 1 %}
{% set border = (one_too_many * 100 / var('tolerated_quarantined_percent')) | int %}
{% set vectors = [
    (0, 0, false),
    (tolerated, tolerated, false),
    (one_too_many, one_too_many, true),
    (one_too_many, border, false),
    (one_too_many, border - 1, true),
] %}

with

vectors as (

    {% for rows_quarantined, rows_read, is_expected in vectors %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            {{ rows_quarantined }} as rows_quarantined,
            {{ rows_read }} as rows_read,
            {{ is_expected | lower }} as is_expected

    {% endfor %}
)

select *

from vectors

where {{ is_broken_export('rows_quarantined', 'rows_read') }} <> is_expected
