-- What an order wants of each herb, in the item's own weight and as crude herb; of a product
-- in pieces, where its unit is each.
SELECT l.line_no, l.herb_id, l.pinyin, l.hanzi, l.english, l.unit, l.crude_mg, l.quantity AS wanted_mg, i.sku, i.item_kind,
       coalesce(r.reserved, 0)::bigint AS reserved_mg, coalesce(w.weighed, 0)::bigint AS weighed_mg
  FROM order_line_names l
  JOIN orders o ON o.shop_id = l.shop_id AND o.id = l.order_id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  LEFT JOIN LATERAL (SELECT sum(quantity) AS reserved FROM reservations r WHERE r.shop_id = l.shop_id
                        AND r.order_id = l.order_id AND r.allocation_no = o.allocation_no AND r.line_no = l.line_no) r ON true
  LEFT JOIN LATERAL (SELECT sum(weighed) AS weighed FROM weighings w WHERE w.shop_id = l.shop_id
                        AND w.order_id = l.order_id AND w.allocation_no = o.allocation_no AND w.line_no = l.line_no) w ON true
 WHERE l.shop_id = $1 AND l.order_id = $2
 ORDER BY l.line_no
