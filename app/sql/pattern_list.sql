-- Patterns with the formulas linked with them, the first choice first; $1 is held by a name or id of the pattern.
SELECT p.id AS pattern_id, p.english AS pattern, p.hanzi AS pattern_hanzi, p.distinguishing_symptoms AS signs,
       p.differentiate_from, f.id AS formula_id, f.pinyin AS formula, f.hanzi, f.english, pf.rank
  FROM patterns p
  JOIN pattern_formulas pf ON pf.pattern_id = p.id AND pf.retired_at IS NULL
  JOIN formulas f ON f.id = pf.formula_id AND f.retired_at IS NULL
 WHERE p.retired_at IS NULL
   AND ($1::text IS NULL OR strpos(lower(concat_ws(' ', p.id, p.english, p.hanzi)), lower($1::text)) > 0)
 ORDER BY p.id, pf.rank
