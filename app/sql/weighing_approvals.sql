-- Which weights of the order's present allocation somebody other than the one who weighs has approved.
SELECT a.line_no, a.lot_id, a.location_id, a.weighed, a.approved_by
  FROM weighing_approvals a
  JOIN orders o ON o.shop_id = a.shop_id AND o.id = a.order_id AND o.allocation_no = a.allocation_no
 WHERE a.shop_id = $1 AND a.order_id = $2 AND a.approved_by <> $3
