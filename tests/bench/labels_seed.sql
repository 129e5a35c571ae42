-- :n orders that are copies of order :order, each of a patient of its own, with all that a label reads of one. Run by psql as the superuser,
-- who may leave the foreign keys unchecked. They are numbered from 1000001.
\set ON_ERROR_STOP on
SET session_replication_role = replica;
SET client_min_messages = warning;
SELECT patient_id AS patient, prescription_id AS prescription,
       (SELECT max(id) FROM screenings s WHERE s.shop_id = o.shop_id AND s.prescription_id = o.prescription_id) AS screening
  FROM orders o WHERE id = :order \gset

-- The rows of a table whose column `by` is `old`, n times, hung on the copies. What the database computes is left to it, and so are numbers of
-- their own but those things are known by.
CREATE FUNCTION pg_temp.copy_rows(name regclass, by text, old bigint, n integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
      FROM pg_attribute
     WHERE attrelid = name AND attnum > 0 AND NOT attisdropped AND (attidentity = '' OR attname = by) AND attgenerated = '';
    EXECUTE format($copy$
        INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE
        SELECT %2$s FROM (
            SELECT (jsonb_populate_record(r, (
                SELECT jsonb_object_agg(key, to_jsonb(1000000 + i)) FROM jsonb_each(to_jsonb(r))
                 WHERE key IN (%3$L, 'order_id', 'prescription_id', 'screening_id', 'patient_id') AND value <> 'null')
                || jsonb_build_object('code', 'L-' || i, 'given_name', 'Patient ' || i))).*
              FROM %1$s r CROSS JOIN generate_series(1, $2) i WHERE r.%3$I = $1) copied $copy$, name, columns, by)
    USING old, n;
END
$$;
SELECT pg_temp.copy_rows('patients', 'id', :patient, :n), pg_temp.copy_rows('prescriptions', 'id', :prescription, :n),
       pg_temp.copy_rows('screenings', 'id', :screening, :n), pg_temp.copy_rows('orders', 'id', :order, :n) \g /dev/null
SELECT pg_temp.copy_rows(t::regclass, 'prescription_id', :prescription, :n)
  FROM unnest(ARRAY['prescription_versions', 'prescription_formulas', 'prescription_items', 'signatures', 'supplies']) t \g /dev/null
SELECT pg_temp.copy_rows(t::regclass, 'screening_id', :screening, :n)
  FROM unnest(ARRAY['findings', 'answers', 'acknowledgements']) t \g /dev/null
SELECT pg_temp.copy_rows(t::regclass, 'order_id', :order, :n)
  FROM unnest(ARRAY['order_lines', 'allocations', 'reservations', 'releases', 'weighings', 'order_events']) t \g /dev/null
VACUUM ANALYZE;
