{# Compiled from audiences/ by `onefold audience compile`. #}
{% macro compiled_audience_names() %}
    {{ return([
        'window_shoppers',
    ]) }}
{% endmacro %}
