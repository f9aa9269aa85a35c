select count(*) > 0
from duckdb_tables()
where
    database_name = 'snapshot'
    and schema_name = 'row_digests'
    and table_name = $model
