-- What was made for whom: every weighed lot of every checked order, with its supplier and the two people. $2, $3 = first and
-- last day of the final check in the shop's time.
SELECT to_char(k.checked_at AT TIME ZONE s.time_zone, 'YYYY-MM-DD HH24:MI:SS') AS checked_at, o.id AS order_no,
       p.code AS patient_code, btrim(p.given_name || ' ' || p.family_name) AS patient_name, v.dosage_form, o.packets,
       w.line_no, n.pinyin || CASE n.unit WHEN 'each' THEN ' × ' || w.weighed ELSE '' END AS pinyin, n.hanzi, h.pharmaceutical_latin, l.lot_code, u.name AS supplier, l.expires_on,
       CASE WHEN w.approved_by IS NULL THEN 'within tolerance' ELSE 'approved' END AS result, CASE n.unit WHEN 'mg' THEN w.planned END AS planned_mg, CASE n.unit WHEN 'mg' THEN w.weighed END AS weighed_mg, f.display_name AS filled_by, c.display_name AS checked_by,
       a.display_name AS approved_by, k.beyond_use_on
  FROM final_checks k
  JOIN shops s ON s.id = $1
  JOIN orders o ON o.shop_id = $1 AND o.id = k.order_id
  JOIN patients p ON p.shop_id = $1 AND p.id = o.patient_id
  JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = o.prescription_id AND v.version = o.version
  JOIN weighings w ON w.shop_id = $1 AND w.order_id = o.id AND w.allocation_no = o.allocation_no
  JOIN order_line_names n ON n.shop_id = $1 AND n.order_id = o.id AND n.line_no = w.line_no
  LEFT JOIN herbs h ON h.id = n.herb_id
  JOIN lots l ON l.shop_id = $1 AND l.id = w.lot_id
  JOIN suppliers u ON u.shop_id = $1 AND u.id = l.supplier_id
  JOIN users f ON f.shop_id = $1 AND f.id = k.filler_id
  JOIN users c ON c.shop_id = $1 AND c.id = k.checker_id
  LEFT JOIN users a ON a.shop_id = $1 AND a.id = w.approved_by
 WHERE k.shop_id = $1
   AND ($2::date IS NULL OR k.checked_at >= $2::date::timestamp AT TIME ZONE s.time_zone)
   AND ($3::date IS NULL OR k.checked_at < ($3::date + 1)::timestamp AT TIME ZONE s.time_zone)
 ORDER BY k.checked_at, o.id, w.line_no, l.lot_code
