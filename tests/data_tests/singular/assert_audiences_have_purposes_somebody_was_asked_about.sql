{# A slip of the pen would reach nobody, and say nothing. To suppression nobody can consent; before
   anybody was asked about anything, there is nothing to compare with. A failure shows the
   audiences. #}
{{ config(severity='warn', meta={'shows_figures': true}) }}
with

declared_audiences as (

    {{ declared_audiences() }}

),

purposes as (

    select distinct purpose from {{ ref('consents') }}

),

purpose_counts as (

    select count(*) as purpose_count from purposes

)

select
    declared_audiences.audience,
    declared_audiences.purpose

from declared_audiences

cross join purpose_counts

left outer join purposes
    on declared_audiences.purpose = purposes.purpose

where
    purposes.purpose is null
    and declared_audiences.purpose <> 'suppression'
    and purpose_counts.purpose_count > 0

order by 1 nulls last
