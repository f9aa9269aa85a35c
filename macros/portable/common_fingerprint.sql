{# One number for the fingerprints of several rows, none of them twice, in whatever order; `over`
   makes it a window. A sum that does not overflow costs ten times as much. #}
{% macro common_fingerprint(fingerprint, over=none) -%}
    bit_xor({{ fingerprint }}){{ ' over (' ~ over ~ ')' if over }}
{%- endmacro %}
