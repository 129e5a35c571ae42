-- The last migration applied: whether this program and the database belong together.
SELECT coalesce(max(name), '') AS name FROM schema_migrations
