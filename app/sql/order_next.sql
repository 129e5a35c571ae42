-- What the bench wants of an order next where its state alone does not say: its lots fetched, each looked at, packets weighed again.
SELECT CASE WHEN o.state = 'released' AND a.identity_rule <> 'choice' AND i.order_id IS NULL THEN 'pick'
            WHEN o.state = 'released' AND a.identity_rule <> 'choice' AND EXISTS (
                 SELECT FROM reservations r
                  WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no
                    AND NOT EXISTS (SELECT FROM identity_checks y
                                     WHERE y.shop_id = r.shop_id AND y.order_id = r.order_id AND y.allocation_no = r.allocation_no
                                       AND y.line_no = r.line_no AND y.lot_id = r.lot_id AND y.location_id = r.location_id))
            THEN 'identify'
            WHEN o.state = 'weighed' AND (p.done < p.wanted OR (p.total_wanted AND NOT p.total_done)) THEN 'packets'
            ELSE o.state END AS step
  FROM orders o
  LEFT JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  LEFT JOIN order_picks i ON i.shop_id = o.shop_id AND i.order_id = o.id AND i.allocation_no = o.allocation_no
  LEFT JOIN packet_check_state p ON p.shop_id = o.shop_id AND p.order_id = o.id AND o.state = 'weighed'
 WHERE o.shop_id = $1 AND o.id = $2
