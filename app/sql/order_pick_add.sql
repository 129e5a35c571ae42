-- Who fetched the lots; the first word stands.
INSERT INTO order_picks (shop_id, order_id, allocation_no, identity_rule, picker_id)
SELECT o.shop_id, o.id, a.allocation_no, a.identity_rule, $3
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
 WHERE o.shop_id = $1 AND o.id = $2
ON CONFLICT (shop_id, order_id, allocation_no) DO NOTHING
