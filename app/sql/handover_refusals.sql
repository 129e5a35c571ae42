-- Why a checked order may not leave the shop after all: a lot in it that may not be used any more (recalled since), or its own
-- beyond-use date. The order's lots are locked already.
SELECT n.herb, l.lot_code, l.status AS refusal
  FROM orders o
  JOIN weighings w ON w.shop_id = o.shop_id AND w.order_id = o.id AND w.allocation_no = o.allocation_no
  JOIN lots l ON l.shop_id = w.shop_id AND l.id = w.lot_id
  JOIN order_line_names n ON n.shop_id = w.shop_id AND n.order_id = w.order_id AND n.line_no = w.line_no
 WHERE o.shop_id = $1 AND o.id = $2 AND l.status <> 'released'
UNION ALL
SELECT '', '', f.beyond_use_on::text
  FROM final_checks f
 WHERE f.shop_id = $1 AND f.order_id = $2 AND f.beyond_use_on < shop_today($1)
