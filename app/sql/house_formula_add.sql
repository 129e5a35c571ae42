-- The next version of a house formula with its lines ($5 to $7 run in parallel; none: it is retired). Two people who add the same
-- version at once meet at its key, and one of them adds nothing.
WITH made AS (
    INSERT INTO house_formulas (shop_id, name, version, retired, indication, created_by)
    SELECT $1::bigint, $2::text, coalesce(max(f.version), 0) + 1, cardinality($5::text[]) = 0, $3::text, $4::bigint
      FROM house_formulas f WHERE f.shop_id = $1 AND f.name_key = lower(btrim($2))
    ON CONFLICT ON CONSTRAINT house_formulas_one_after_another DO NOTHING
    RETURNING id
), lines AS (
    INSERT INTO house_formula_lines (shop_id, house_formula_id, line_no, herb_id, processing, daily_mg)
    SELECT $1, m.id, l.no, l.herb_id, l.processing, l.daily_mg
      FROM made m
      CROSS JOIN unnest($5::text[], $6::text[], $7::bigint[]) WITH ORDINALITY AS l (herb_id, processing, daily_mg, no)
)
SELECT id AS number FROM made
