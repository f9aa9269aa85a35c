with

load_report as (

    select * from {{ ref('load_report') }}

)

select *

from load_report

where rows_read <> rows_staged + rows_superseded + rows_quarantined
