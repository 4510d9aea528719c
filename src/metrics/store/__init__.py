"""The only package that knows DuckDB: connection, migrations, views, queries, reads and writes."""
