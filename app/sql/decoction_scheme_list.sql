-- The schemes an order may be decocted by.
SELECT id, english, hanzi, hanzi_traditional, used_for, soak_minutes, water_ml_per_100g, first_boil_minutes, second_boil_minutes,
       decoct_first_minutes, add_late_minutes, verified, source, confidence
  FROM decoction_schemes WHERE retired_at IS NULL ORDER BY id
