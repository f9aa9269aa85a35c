with

orders as (

    select * from {{ ref('int_orders__unioned') }}

),

login_owners as (

    select * from {{ ref('int_events__login_owners') }}

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

{# Nobody known: the order stays, without a person, for its money is in the day's total. #}
attributed as (

    select
        orders.order_id,
        coalesce(members.person_id, login_owners.person_id, own_records.person_id) as person_id,
        orders.store_id,
        orders.register_id,
        orders.original_order_id,
        orders.source_name,
        orders.kind,
        case
            when orders.kind = 'return' then 'return'
            when orders.is_cancelled then 'cancelled_purchase'
            else 'purchase'
        end as event_name,
        orders.status,
        orders.coupon_code,
        orders.currency,
        case
            when members.person_id is not null then 'card'
            when login_owners.person_id is not null then 'login'
            when own_records.person_id is not null then 'record'
            else 'unknown'
        end as attribution,

        orders.discount,
        orders.amount,

        orders.is_cancelled,
        orders.is_refunded,
        orders.is_in_the_future,

        orders.ordered_at

    from orders

    left outer join person_records as members
        on orders.loyalty_id = members.record_id
        and members.source_name = 'pos'
        and members.record_type = 'loyalty_member'

    left outer join login_owners
        on orders.account_id = login_owners.account_id

    left outer join person_records as own_records
        on orders.source_name = own_records.source_name
        and orders.record_type = own_records.record_type
        and orders.order_id = own_records.record_id

)

select * from attributed
