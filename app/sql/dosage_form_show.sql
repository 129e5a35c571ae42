-- A dosage form: how often it is taken, and whether a packet is a day's (decoctions, soaks) or one dose.
SELECT id, english, coalesce(default_doses_per_day, 1) AS doses_per_day, unit = 'packet' AS per_day
  FROM dosage_forms
 WHERE id = $1::text AND retired_at IS NULL
