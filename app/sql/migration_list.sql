-- Migrations the database has and the checksum each was applied with.
SELECT name, checksum FROM schema_migrations ORDER BY name
