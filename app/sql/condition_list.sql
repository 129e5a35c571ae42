-- Conditions for a list; $1 is held by a name or a synonym.
SELECT k.id, k.english, k.hanzi, k.icd10
  FROM conditions k
 WHERE k.retired_at IS NULL
   AND ($1::text IS NULL OR strpos(lower(concat_ws(' ', k.id, k.english, k.hanzi)), lower($1::text)) > 0
        OR EXISTS (SELECT FROM condition_synonyms s
                    WHERE s.condition_id = k.id AND s.retired_at IS NULL
                      AND strpos(lower(s.synonym), lower($1::text)) > 0))
 ORDER BY k.english, k.id
