-- Who picked the order's lots, what the shop wants of the second look, and whether its single-person mode lets one person be both.
SELECT k.picker_id, u.display_name AS picker, k.picked_at, k.identity_rule, coalesce(m.id, 0) AS mode_id,
       k.picked_at + make_interval(mins => coalesce(m.delay_minutes, 0)) AS second_look_from,
       now() >= k.picked_at + make_interval(mins => coalesce(m.delay_minutes, 0)) AS second_look_due
  FROM orders o
  JOIN order_picks k ON k.shop_id = o.shop_id AND k.order_id = o.id AND k.allocation_no = o.allocation_no
  JOIN users u ON u.shop_id = k.shop_id AND u.id = k.picker_id
  LEFT JOIN single_person_modes m ON m.shop_id = o.shop_id AND m.switched_off_at IS NULL
 WHERE o.shop_id = $1 AND o.id = $2
