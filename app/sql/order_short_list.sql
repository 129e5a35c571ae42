-- Orders that are short, the longest first, with what they lack, and how many of their packets could be made of what is free now: all of
-- them means that allocating again will do.
SELECT s.order_id, o.prescription_id, o.version, o.patient_id, p.code AS patient_code,
       trim(p.given_name || ' ' || p.family_name) AS patient_name, p.phone, s.short_no AS tries, s.tried_at,
       u.display_name AS tried_by, o.created_at, o.packets, packets_possible(o.shop_id, o.id) AS packets_possible,
       o.stopped_state IS NOT NULL AS stopped, l.lines, l.missing_mg, l.missing
  FROM orders o
  JOIN order_shorts s ON s.shop_id = o.shop_id AND s.order_id = o.id AND s.short_no = o.short_no
  JOIN patients p ON p.shop_id = o.shop_id AND p.id = o.patient_id
  JOIN users u ON u.shop_id = s.shop_id AND u.id = s.tried_by
 CROSS JOIN LATERAL (SELECT count(*) AS lines, sum(n.missing)::bigint AS missing_mg,
                            string_agg(h.pinyin || ' ' || h.hanzi, ', ' ORDER BY n.line_no) AS missing
                       FROM short_lines n JOIN herbs h ON h.id = n.herb_id
                      WHERE n.shop_id = o.shop_id AND n.order_id = o.id) l
 WHERE o.shop_id = $1 AND o.state = 'short'
 ORDER BY o.id
