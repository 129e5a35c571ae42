-- The herbs of a version.
SELECT i.line_no, i.herb_id, h.pinyin, h.hanzi, h.english, i.processing, i.handling,
       handling_words(i.handling, 'english') AS handling_words, i.role, i.via, i.daily_mg, i.total_mg,
       coalesce(i.filled_item_id, 0) AS filled_item_id, coalesce(t.name, '') AS filled_name
  FROM prescription_items i
  JOIN herbs h ON h.id = i.herb_id
  LEFT JOIN items t ON t.shop_id = i.shop_id AND t.id = i.filled_item_id
 WHERE i.shop_id = $1::bigint AND i.prescription_id = $2::bigint AND i.version = $3::integer
 ORDER BY i.line_no
