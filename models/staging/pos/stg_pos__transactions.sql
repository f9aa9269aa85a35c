{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged_versions(source('pos', 'transactions'), [clean_text('transaction_id')]) }}"
) }}

with

ranked_transactions as (

    {{ ranked_versions(source('pos', 'transactions'), key=[clean_text('transaction_id')]) }}

),

latest_transactions as (

    select
        {{ clean_text('transaction_id') }} as transaction_id,
        {{ clean_text('store_id') }} as store_id,
        {{ clean_text('register_id') }} as register_id,
        {{ clean_text('loyalty_id') }} as loyalty_id,
        {{ clean_text('original_transaction_id') }} as original_transaction_id,

        {{ normalised_email('email') }} as email,
        {{ clean_text('email') }} as email_as_given,
        {{ normalised_phone('phone') }} as phone,
        {{ clean_text('phone') }} as phone_as_given,
        coalesce(lower({{ clean_text('kind') }}), 'sale') as kind,
        upper({{ clean_text('currency') }}) as currency,
        _file_name as file_name,

        {{ to_amount('amount') }} as amount,
        version_count,
        _line_number as file_line_number,
        fingerprint,

        {{ to_timestamp_utc('occurred_at') }} as occurred_at

    from ranked_transactions

    where version_rank = 1

)

select * from latest_transactions
