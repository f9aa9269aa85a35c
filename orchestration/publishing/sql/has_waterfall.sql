select count(*) > 0
from duckdb_columns()
where
    schema_name = 'marts'
    and table_name = 'audience_waterfall'
    and column_name = 'delivered_count'
