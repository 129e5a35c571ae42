-- Herbs for a list, by pinyin; $1 is held by a name or a synonym, $2 is a category.
SELECT h.id, h.pinyin, h.hanzi, h.hanzi_traditional, h.english, h.pharmaceutical_latin, h.botanical_latin, h.category,
       h.nature, h.dose_min_g, h.dose_max_g, h.toxicity, h.pregnancy, h.status, h.parent_id
  FROM herbs h
 WHERE h.retired_at IS NULL
   AND ($2::text IS NULL OR h.category = $2::text)
   AND ($1::text IS NULL
        OR strpos(lower(concat_ws(' ', h.id, h.pinyin, h.pinyin_plain, h.hanzi, h.hanzi_traditional, h.english,
                                  h.pharmaceutical_latin, h.botanical_latin)), lower($1::text)) > 0
        OR EXISTS (SELECT FROM herb_synonyms s
                    WHERE s.herb_id = h.id AND s.retired_at IS NULL AND strpos(lower(s.synonym), lower($1::text)) > 0))
 ORDER BY h.pinyin_plain, h.id
