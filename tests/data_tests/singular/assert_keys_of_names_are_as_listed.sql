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
    ('k.A.', none),
    ('Inconnu', none),
    ('brak danych', none),
    ('xxx', none),
    ('-', none),
] %}

{% set given_vectors = [
    ('Даша Николаевна', 'даша'),
    ('Илья Кузьмич', 'илья'),
    ('Zhenya Ilyinichna', 'zhenya'),
    ('Vladimir Petrovich', 'vladimir'),
    ('г-жа Анна П.', 'анна'),
    ('Bob A', 'bob'),
    ('Mr J.', 'j'),
    ('J. R.', 'jr'),
    ('Karl Friedrich', 'karlfriedrich'),
    ('Mary Ann', 'maryann'),
    ('José Mª', 'josemaria'),
    ('M.ª Pilar', 'mariapilar'),
    ('Петрович', 'петрович'),
] %}

with

vectors as (
    {% for written, expected in vectors %}
        select
            '{{ written | replace("'", "''") }}' as written,
            nullif('{{ expected or '' }}', '') as expected,
            false as is_given

        union all
    {% endfor %}

    {% for written, expected in given_vectors %}
        select
            '{{ written }}' as written,
            '{{ expected }}' as expected,
            true as is_given

        {{ 'union all' if not loop.last }}
    {% endfor %}
),

normalised_once as (

    select
        written,
        expected,
        case
            when is_given then {{ normalised_name('written', is_given=true) }}
            else {{ normalised_name('written') }}
        end as name_key

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
