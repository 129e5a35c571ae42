-- Formulas for a list, by pinyin; $1 is held by a name or a synonym, $2 is a category.
SELECT f.id, f.pinyin, f.hanzi, f.hanzi_traditional, f.english, f.source_text, f.category, f.pattern_treated, f.dose_basis
  FROM formulas f
 WHERE f.retired_at IS NULL
   AND ($2::text IS NULL OR f.category = $2::text)
   AND ($1::text IS NULL
        OR strpos(lower(concat_ws(' ', f.id, f.pinyin, f.pinyin_plain, f.hanzi, f.hanzi_traditional, f.english)),
                  lower($1::text)) > 0
        OR EXISTS (SELECT FROM formula_synonyms s
                    WHERE s.formula_id = f.id AND s.retired_at IS NULL
                      AND strpos(lower(s.synonym), lower($1::text)) > 0))
 ORDER BY f.pinyin_plain, f.id
