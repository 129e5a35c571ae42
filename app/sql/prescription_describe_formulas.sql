-- Names of formulas, in the order asked for.
SELECT f.id AS formula_id, f.pinyin, f.hanzi, f.english, NULL::bigint AS scaled_mg
  FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, no)
  JOIN formulas f ON f.id = wanted.id
 ORDER BY wanted.no
