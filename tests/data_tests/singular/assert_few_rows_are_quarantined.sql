{# A handful of broken rows is everyday life; a whole file of them is a broken export. #}
with

load_report as (

    select * from {{ ref('load_report') }}

)

select *

from load_report

where rows_quarantined > 100 and rows_quarantined * 100 > rows_read
