{# The pages of the sources say the same, but dbt must know what a model reads before it has read
   them; a test compares the two. #}
{% macro landing_tables() -%}
    {{ return([
        ('ads', 'spend'),
        ('consent', 'decisions'),
        ('crm', 'contacts'),
        ('messages', 'events'),
        ('partner', 'segments'),
        ('pos', 'loyalty_members'),
        ('pos', 'transactions'),
        ('pos', 'transaction_lines'),
        ('service', 'tickets'),
        ('shop', 'customers'),
        ('shop', 'orders'),
        ('shop', 'order_lines'),
        ('shop', 'products'),
        ('survey', 'responses'),
        ('truth', 'records'),
        ('web', 'events'),
    ]) }}
{%- endmacro %}
