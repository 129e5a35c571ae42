-- The lines of a proposal as lines of a prescription.
SELECT l.line_no, l.herb_id, h.pinyin, h.hanzi, h.english, l.processing, coalesce(m.handling, '') AS handling, l.via, l.daily_mg,
       coalesce(l.filled_item_id, 0) AS filled_item_id, coalesce(l.formula_id, '') AS formula_id, l.name AS filled_name
  FROM substitution_lines l
  JOIN herbs h ON h.id = l.herb_id
  LEFT JOIN herb_monographs m ON m.herb_id = l.herb_id
 WHERE l.shop_id = $1::bigint AND l.substitution_id = $2::bigint
 ORDER BY l.line_no
