select 1

from information_schema.tables

where table_schema = 'raw_onefold' and table_name = 'runs'
