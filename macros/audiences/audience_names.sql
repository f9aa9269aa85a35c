{# A new file models/marts/audiences/audience_<name>.sql comes into use with its name in here. #}
{% macro audience_names() %}
    {{ return([
        'abandoned_carts',
        'lapsed_customers',
    ]) }}
{% endmacro %}
