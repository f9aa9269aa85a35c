with

late_attempt as (

    select * from {{ source('ledger', 'late_attempt') }}

),

late_attempts as (

    select
        sync,

        run_no as run_number,
        batch_no as batch_number,
        attempt,

        lands_by

    from late_attempt

)

select * from late_attempts
