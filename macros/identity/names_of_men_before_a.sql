{# In small Latin letters: whose woman's form ends in -a, -ia, -iya, or -a after a doubled letter. Not
   those that are a woman's name themselves, as Christin is. #}
{% macro names_of_men_before_a() -%}
    {{ return([
        'adrian', 'albert', 'albin', 'aleksandr', 'alexander', 'alexandr', 'alfons', 'anatoliy',
        'andre', 'anton', 'antonin', 'arkadiy', 'august', 'bernard', 'bogdan', 'boguslav',
        'boleslav', 'carl', 'cesar', 'christian', 'clement', 'daniel', 'david', 'denis', 'dominic',
        'dominik', 'emanuel', 'emil', 'eric', 'erik', 'ernest', 'eugen', 'evgeniy', 'fabian',
        'ferdinand', 'filip', 'frederic', 'frederik', 'gabriel', 'georg', 'gerard', 'german',
        'henric', 'henrik', 'ivan', 'jan', 'joaquin', 'josef', 'julian', 'justin', 'kamil', 'karl',
        'karol', 'klement', 'konstantin', 'kristian', 'leonid', 'leopold', 'louis', 'lucian',
        'ludovic', 'ludwik', 'luis', 'manuel', 'marcel', 'martin', 'mateus', 'maximilian',
        'michael', 'michal', 'milan', 'miroslav', 'oktav', 'paul', 'petr', 'philip',
        'radoslav', 'rafael', 'raphael', 'robert', 'roman', 'rudolf', 'ruslan', 'samuel',
        'sebastian', 'silvan', 'silvestr', 'simon', 'stanislav', 'stefan', 'stephan', 'tadeus',
        'theodor', 'urban', 'valentin', 'valeriy', 'victor', 'viktor', 'vincent', 'vitaliy',
        'vladimir', 'vladislav', 'wilhelm', 'yan', 'yaroslav', 'yulian',
    ]) }}
{%- endmacro %}
