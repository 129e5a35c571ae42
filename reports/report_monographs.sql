-- The herb monographs of the reference data, with their sources; or those of the herbs named in $2. $1 is the shop, which plays no
-- part: every report gets it.
SELECT h.pinyin, h.hanzi, h.hanzi_traditional, h.pharmaceutical_latin, h.english, h.category, h.nature, h.tastes, h.channels,
       round(h.dose_min_g * 1000)::bigint AS dose_min_mg, round(h.dose_max_g * 1000)::bigint AS dose_max_mg,
       h.toxicity, h.pregnancy, h.status, m.actions, m.indications, m.cautions, h.source, h.confidence
  FROM herbs h
  LEFT JOIN herb_monographs m ON m.herb_id = h.id
 WHERE h.retired_at IS NULL AND $1::bigint IS NOT NULL
   AND (nullif(trim($2::text), '') IS NULL OR h.id IN (SELECT a.herb_id FROM herbs_asked($2) a))
 ORDER BY h.pinyin_plain, h.id
