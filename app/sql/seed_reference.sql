-- Brings a reference table ($1) to the rows of its file.
SELECT inserted, updated, retired, unchanged FROM reference_load($1::regclass, $2::text[], $3::text[])
