-- A proposal with its lines ($6 to $12 run in parallel) and differences ($13 to $15); $18: the order that is short, if it is for one.
WITH made AS (
    INSERT INTO substitutions (shop_id, prescription_id, version, kind, score_permille, note, proposed_by, order_id)
    VALUES ($1::bigint, $2::bigint, $3::integer, $4::text, $5::integer, $16::text, $17::bigint, $18::bigint)
    RETURNING id
), lines AS (
    INSERT INTO substitution_lines (shop_id, substitution_id, line_no, herb_id, processing, via, filled_item_id, formula_id, name,
                                    daily_mg)
    SELECT $1, m.id, l.no, l.herb_id, l.processing, l.via, nullif(l.item_id, 0), nullif(l.formula_id, ''), l.name, l.daily_mg
      FROM made m
      CROSS JOIN unnest($6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::bigint[])
                 WITH ORDINALITY AS l (herb_id, processing, via, item_id, formula_id, name, daily_mg, no)
), differences AS (
    INSERT INTO substitution_differences (shop_id, substitution_id, herb_id, was_mg, is_mg)
    SELECT $1, m.id, d.herb_id, d.was_mg, d.is_mg
      FROM made m CROSS JOIN unnest($13::text[], $14::bigint[], $15::bigint[]) AS d (herb_id, was_mg, is_mg)
)
SELECT id AS number FROM made
