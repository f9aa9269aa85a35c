{# Letters only, since names are compared that way. Titles stand here too, for a name that is
   nothing else. #}
{% macro name_placeholders() -%}
    {{ return([
        'anonym', 'anonymous', 'client', 'customer', 'dearcustomer', 'empty', 'false', 'firstname',
        'friend', 'guest', 'lastname', 'na', 'name', 'nan', 'nil', 'noname', 'none', 'notgiven',
        'notprovided', 'null', 'objectobject', 'surname', 'tbd', 'test', 'tester', 'testtest',
        'true', 'undefined', 'unknown', 'user', 'kunde', 'kundin', 'unbekannt', 'gast',
        'ka', 'keine', 'keineangabe', 'keineangaben', 'inconnu', 'inconnue', 'sansnom', 'cliente',
        'desconocido', 'desconocida', 'sinnombre', 'brak', 'brakdanych', 'klient', 'klientka',
        'аноним', 'безимени', 'гость', 'имя', 'клиент', 'нет', 'нетданных', 'неизвестно',
        'неуказан', 'неуказана', 'неуказано', 'покупатель', 'тест', 'фамилия',
    ]) }}
{%- endmacro %}
