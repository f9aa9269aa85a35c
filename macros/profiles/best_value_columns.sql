{# Columns of one attribute come from one record, so that neither a name nor an address is a mix. #}
{% macro best_value_columns() %}
    {%- set attributes = {
        'name': ['first_name', 'middle_name', 'last_name'],
        'email': ['email'],
        'phone': ['phone'],
        'birth_date': ['birth_date'],
        'sex': ['sex'],
        'address': ['street', 'city', 'region', 'postcode', 'country'],
    } -%}
    {%- set cells = [] -%}
    {%- for attribute_name, column_names in attributes.items() -%}
        {%- for column_name in column_names -%}
            {%- do cells.append(
                {'attribute_name': attribute_name, 'column_name': column_name}
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(cells) }}
{% endmacro %}
