-- Readings of scales that weighings name: whether they are this person's, fresh, and not used for another weight.
SELECT r.id, r.weight_mg AS weight, r.line, r.read_by = $3 AS own, r.read_at > now() - interval '15 minutes' AS fresh,
       EXISTS (SELECT FROM weighings w WHERE w.shop_id = r.shop_id AND w.reading_id = r.id)
       OR EXISTS (SELECT FROM packet_checks p WHERE p.shop_id = r.shop_id AND p.reading_id = r.id)
       OR EXISTS (SELECT FROM spoon_measures m WHERE m.shop_id = r.shop_id AND m.reading_id = r.id) AS used
  FROM scale_readings r
 WHERE r.shop_id = $1 AND r.id = ANY ($2::bigint[])
