{% set vectors = [
    ('  IVANOV', 'ivanov'),
    ('Семёнов', 'семенов'),
    ("O'Neil-Smith", 'oneilsmith'),
    ('José María', 'josemaria'),
    ('Großmüller', 'grossmuller'),
    ('Андрей', 'андрей'),
    ('J.', 'j'),
    ('Smith jr', 'smith'),
    ('Dr. Smith III', 'smith'),
    ('Mr', none),
    ('Señora', none),
    ('Friend', none),
    ('child of Anna', none),
    ('unknown', none),
    ('[object Object]', none),
    ('г-н', none),
    ('клиент', none),
    ('не указано', none),
    ('xxx', none),
    ('-', none),
] %}

with

vectors as (
    {% for written, expected in vectors %}
        select
            {{ dbt.string_literal(dbt.escape_single_quotes(written)) }} as written,
            {{ dbt.string_literal(expected) if expected else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
                as expected

        {{ 'union all' if not loop.last }}
    {% endfor %}
),

normalised_once as (

    select
        written,
        expected,
        {{ normalised_name('written') }} as name_key

    from vectors

),

normalised_twice as (

    select
        written,
        expected,
        name_key,
        {{ normalised_name('name_key') }} as repeated_key

    from normalised_once

)

select *

from normalised_twice

where
    name_key is distinct from expected
    or repeated_key is distinct from name_key
