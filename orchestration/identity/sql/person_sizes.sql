-- How many people have so many records, in classes that double.
with

classes as (

    select
        cast(floor(log2(record_count)) as bigint) as class
    from marts.people

)

select
    class,
    count(*) as person_count
from classes
group by class
order by class
