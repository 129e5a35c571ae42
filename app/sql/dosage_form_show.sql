-- A dosage form: how often it is taken, whether a packet is a day's (decoctions, soaks) or one dose, and
-- whether it is made into units (capsules, pills).
SELECT id, english, coalesce(default_doses_per_day, 1) AS doses_per_day, unit = 'packet' AS per_day,
       unit IN ('capsule', 'pill', 'tablet') OR id = 'water_pill' AS in_units
  FROM dosage_forms
 WHERE id = $1::text AND retired_at IS NULL
