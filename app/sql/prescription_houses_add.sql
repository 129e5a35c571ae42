-- The house formulas of a version, in order.
INSERT INTO prescription_houses (shop_id, prescription_id, version, seq, house_formula_id, scaled_mg)
SELECT $1::bigint, $2::bigint, $3::integer, no, id, nullif(scaled_mg, 0)
  FROM unnest($4::bigint[], $5::bigint[]) WITH ORDINALITY AS house (id, scaled_mg, no)
