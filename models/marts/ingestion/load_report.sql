with

table_counts as (

    select * from {{ ref('int_ingestion__table_counts') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

load_report as (

    select
        current_run.run_id,

        table_counts.source_name,
        table_counts.table_name,

        table_counts.rows_read,
        table_counts.rows_staged,
        table_counts.rows_superseded,
        table_counts.rows_quarantined

    from table_counts

    cross join current_run

)

select * from load_report
