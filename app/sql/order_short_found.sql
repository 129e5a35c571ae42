-- What a go at reserving for an order ($2) lacked, as order_reserve told it ($3), line by line. A line without a herb is a ready-made
-- product.
SELECT n.line_no::bigint AS line_no, concat_ws(' ', coalesce(h.pinyin, i.name), nullif(coalesce(h.hanzi, i.name_hanzi), '')) AS herb,
       l.wanted, l.there, l.barred, coalesce(i.unit = 'each', false) AS counted
  FROM jsonb_to_recordset($3::jsonb) AS l (line_no integer, wanted bigint, there bigint, barred bigint)
  JOIN order_lines n ON n.shop_id = $1 AND n.order_id = $2 AND n.line_no = l.line_no
  LEFT JOIN herbs h ON h.id = n.herb_id
  LEFT JOIN items i ON i.shop_id = n.shop_id AND i.id = n.item_id AND n.herb_id IS NULL
 ORDER BY n.line_no
