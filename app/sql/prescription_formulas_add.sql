-- The formulas of a version, in order; 0 is "not scaled".
INSERT INTO prescription_formulas (shop_id, prescription_id, version, seq, formula_id, scaled_mg)
SELECT $1::bigint, $2::bigint, $3::integer, no, formula_id, nullif(scaled_mg, 0)
  FROM unnest($4::text[], $5::bigint[]) WITH ORDINALITY AS formula (formula_id, scaled_mg, no)
