{# A new file models/marts/audiences/audience_<name>.sql comes into use with its name in here. Of
   the audiences of one priority group a person is delivered in the first only. #}
{% macro audience_names() %}
    {{ return([
        'abandoned_carts',
        'lapsed_customers',
        'customers_at_risk',
        'birthdays_this_week',
        'subscribers_without_purchase',
        'missing_complements',
        'new_customers',
        'vip_customers',
        'large_baskets',
        'withdrawn_consents',
    ] + compiled_audience_names()) }}
{% endmacro %}
