{# Analysts edit the seed: a form with a capital, or one that leads to another, would be dead. #}
with

nicknames as (

    select * from {{ ref('nicknames') }}

),

vectors as (
    {% for nickname, full_name in [
        ('sasha', 'aleksandr'), ('nastya', 'anastasiya'), ('volodya', 'vladimir'),
        ('bill', 'william'), ('peggy', 'margaret'), ('uli', 'ulrich'),
        ('iurii', 'yuriy'), ('iuliia', 'yuliya'), ('claus', 'nikolaus'), ('lupe', 'guadalupe'),
    ] %}
        select
            '{{ nickname }}' as nickname,
            '{{ full_name }}' as full_name

        {{ 'union all' if not loop.last }}
    {% endfor %}
),

normalised_forms as (

    select
        nickname,
        full_name,
        {{ normalised_name('nickname') }} as nickname_key,
        {{ normalised_name('full_name') }} as full_name_key

    from nicknames

),

found_vectors as (

    select
        vectors.nickname,
        vectors.full_name,
        nicknames.full_name as found_name

    from vectors

    left outer join nicknames
        on vectors.nickname = nicknames.nickname

)

select
    nickname,
    full_name,
    'not as the keys of names are written' as complaint

from normalised_forms

where
    {{ transliterated('nickname_key') }} is distinct from nickname
    or {{ transliterated('full_name_key') }} is distinct from full_name

union all

select
    shorter.nickname,
    shorter.full_name,
    'leads to a short form' as complaint

from nicknames as shorter

inner join nicknames as longer
    on shorter.full_name = longer.nickname

union all

select
    nickname,
    full_name,
    'not as listed' as complaint

from found_vectors

where found_name is distinct from full_name
