{# On any other channel nobody has consented to anything. A failure shows the audiences. #}
{{ config(severity='warn', meta={'shows_figures': true}) }}
with

declared_audiences as (

    {{ declared_audiences() }}

),

channels as (

    select * from {{ ref('channels') }}

)

select
    declared_audiences.audience,
    declared_audiences.channel

from declared_audiences

left outer join channels
    on declared_audiences.channel = channels.channel

where channels.channel is null and declared_audiences.channel <> 'any'

order by 1 nulls last
