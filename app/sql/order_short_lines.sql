-- What was missing of each line when an order that is short was last tried, and what is free of its item now.
SELECT s.line_no, s.herb_id, n.pinyin, n.hanzi, n.unit, s.item_id, t.name AS item, s.wanted AS wanted_mg, s.there AS there_mg,
       s.missing AS missing_mg, s.barred AS barred_mg, item_free(s.shop_id, s.item_id, s.course_ends_on) AS free_now_mg
  FROM short_lines s
  JOIN order_line_names n ON n.shop_id = s.shop_id AND n.order_id = s.order_id AND n.line_no = s.line_no
  JOIN items t ON t.shop_id = s.shop_id AND t.id = s.item_id
 WHERE s.shop_id = $1 AND s.order_id = $2
 ORDER BY s.line_no
