{% macro name_titles() -%}
    {{ return([
        'mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'mme', 'mlle', 'sr', 'sra', 'senor',
        'senora', 'senorita', 'herr', 'frau', 'г-н', 'г-жа', 'гн', 'гжа', 'господин', 'госпожа',
    ]) }}
{%- endmacro %}
