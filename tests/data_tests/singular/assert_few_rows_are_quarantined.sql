{# A handful of broken rows is everyday life; a whole file of them is a broken export. #}
with

load_report as (

    select * from {{ ref('load_report') }}

)

select *

from load_report

where {{ is_broken_export('rows_quarantined', 'rows_read') }}
