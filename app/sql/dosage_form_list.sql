-- The dosage forms of the reference data: all that are in use, or one ($1).
SELECT id, english, hanzi AS zh_hans, hanzi_traditional AS zh_hant, route, unit
  FROM dosage_forms
 WHERE retired_at IS NULL AND ($1::text IS NULL OR id = $1)
 ORDER BY array_position(ARRAY['oral', 'external'], route), english
