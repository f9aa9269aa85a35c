{# ISO 8601 allows more than casts read: no separators, no seconds, a comma, a small z. The loader
   knows the same steps, so that it refuses no row that staging can read. #}
{% macro iso_time_rewrites() -%}
    {{ return([
        ('^\\s*(\\d{4})(\\d{2})(\\d{2})([Tt].*|\\s*)$', '\\1-\\2-\\3\\4'),
        ('^\\s*(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}):?(\\d{2})', '\\1 \\2:\\3'),
        ('^(\\S+ \\d{2}:\\d{2})(\\d{2})', '\\1:\\2'),
        ('^(\\S+ \\d{2}:\\d{2})(\\s*[Zz+-].*)$', '\\1:00\\2'),
        ('^(\\S+ \\d{2}:\\d{2}:\\d{2}),(\\d)', '\\1.\\2'),
        ('\\s*[Zz]\\s*$', 'Z'),
        ('\\s+([+-]\\d{2}:?(?:\\d{2})?)\\s*$', '\\1'),
    ]) }}
{%- endmacro %}
