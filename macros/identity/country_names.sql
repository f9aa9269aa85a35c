{# Alpha-3 codes and the names that customer systems were seen to use, in lower case. #}
{% macro country_names() -%}
    {{ return({
        'AT': ['aut', 'austria', 'österreich', 'австрия'],
        'AU': ['aus', 'australia', 'австралия'],
        'BE': ['bel', 'belgium', 'belgien', 'belgique', 'бельгия'],
        'BY': ['blr', 'belarus', 'беларусь', 'республика беларусь', 'белоруссия'],
        'CA': ['can', 'canada', 'канада'],
        'CH': ['che', 'switzerland', 'schweiz', 'suisse', 'швейцария'],
        'CZ': ['cze', 'czechia', 'czech republic', 'чехия'],
        'DE': ['deu', 'ger', 'germany', 'deutschland', 'германия'],
        'DK': ['dnk', 'denmark', 'danmark', 'дания'],
        'ES': ['esp', 'spain', 'españa', 'испания'],
        'FI': ['fin', 'finland', 'suomi', 'финляндия'],
        'FR': ['fra', 'france', 'frankreich', 'франция'],
        'GB': [
            'gbr', 'uk', 'u.k.', 'united kingdom', 'great britain', 'england', 'scotland', 'wales',
            'великобритания',
        ],
        'IE': ['irl', 'ireland', 'ирландия'],
        'IN': ['ind', 'india', 'индия'],
        'IT': ['ita', 'italy', 'italia', 'италия'],
        'KZ': ['kaz', 'kazakhstan', 'казахстан', 'қазақстан'],
        'NL': ['nld', 'netherlands', 'the netherlands', 'holland', 'nederland', 'нидерланды'],
        'NO': ['nor', 'norway', 'norge', 'норвегия'],
        'NZ': ['nzl', 'new zealand', 'новая зеландия'],
        'PL': ['pol', 'poland', 'polska', 'польша'],
        'PT': ['prt', 'portugal', 'португалия'],
        'RU': ['rus', 'russia', 'russian federation', 'россия', 'российская федерация', 'рф'],
        'SE': ['swe', 'sweden', 'sverige', 'швеция'],
        'TR': ['tur', 'turkey', 'türkiye', 'турция'],
        'UA': ['ukr', 'ukraine', 'україна', 'украина'],
        'US': [
            'usa', 'u.s.', 'u.s.a.', 'united states', 'united states of america', 'сша',
        ],
    }) }}
{%- endmacro %}
