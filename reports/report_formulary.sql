-- The classic formulas, or those named in $2, one row per herb in them. $1 is the shop, which plays no part: every report gets it.
SELECT f.pinyin AS formula, f.hanzi AS formula_hanzi, f.english, f.source_text, f.category, f.pattern_treated,
       h.pinyin AS herb, h.hanzi AS herb_hanzi, i.role, round(i.grams * 1000)::bigint AS dose_mg, i.processing, f.dose_basis
  FROM formulas f
  JOIN formula_items i ON i.formula_id = f.id
  JOIN herbs h ON h.id = i.herb_id
 WHERE f.retired_at IS NULL AND i.retired_at IS NULL AND $1::bigint IS NOT NULL
   AND (nullif(trim($2::text), '') IS NULL OR f.id IN (SELECT a.formula_id FROM formulas_asked($2) a))
 ORDER BY f.pinyin_plain, f.id, i.seq
