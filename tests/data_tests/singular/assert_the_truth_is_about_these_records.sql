{# A truth whose every name is mistyped would measure nothing, and look like a bad graph. #}
with

truth_records as (

    select * from {{ ref('int_identity__truth_records') }}

),

counted_records as (

    select
        count(*) as record_count,
        count(case when is_known then 1 end) as known_record_count

    from truth_records

)

select *

from counted_records

where record_count > 0 and known_record_count = 0
