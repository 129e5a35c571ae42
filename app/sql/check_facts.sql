-- What the final check needs to know: who filled, what was weighed in all, until when it is good, and whether the shop is in
-- its single-person mode, and then from when on the filler may look a second time.
SELECT f.filler_id, u.display_name AS filler_name,
       order_weighed($1, $2, o.allocation_no) AS total_weighed,
       coalesce(m.id, 0) AS mode_id,
       coalesce(now() >= m.second_look_from, false) AS second_look_due, m.second_look_from
  FROM orders o
  JOIN order_fillers f ON f.shop_id = o.shop_id AND f.order_id = o.id
  JOIN users u ON u.shop_id = f.shop_id AND u.id = f.filler_id
  LEFT JOIN LATERAL (SELECT s.id, (SELECT max(w.weighed_at) FROM weighings w WHERE w.shop_id = $1 AND w.order_id = $2)
                                  + make_interval(mins => s.delay_minutes) AS second_look_from
                       FROM single_person_modes s WHERE s.shop_id = $1 AND s.switched_off_at IS NULL) m ON true
 WHERE o.shop_id = $1 AND o.id = $2
