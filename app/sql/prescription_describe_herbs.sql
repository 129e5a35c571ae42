-- Names and handling of herbs, and what the first of the formulas ($2) says of each.
SELECT h.id AS herb_id, h.pinyin, h.hanzi, h.english, m.handling,
       handling_words(m.handling, 'english') AS handling_words, item.processing, item.role
  FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, no)
  JOIN herbs h ON h.id = wanted.id
  LEFT JOIN herb_monographs m ON m.herb_id = h.id
  LEFT JOIN LATERAL (SELECT i.processing, i.role
                       FROM formula_items i
                      WHERE i.herb_id = h.id AND i.formula_id = ANY ($2::text[]) AND i.retired_at IS NULL
                      ORDER BY array_position($2::text[], i.formula_id::text), i.seq
                      LIMIT 1) AS item ON true
 ORDER BY wanted.no
