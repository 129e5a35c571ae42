-- When the shop was in its single-person mode, the newest first; on while switched_off_at is NULL.
SELECT m.id, m.delay_minutes, m.switched_on_at, u.display_name AS switched_on_by, m.switched_off_at,
       (SELECT count(*) FROM final_checks f WHERE f.shop_id = m.shop_id AND f.single_person_mode_id = m.id) AS checks
  FROM single_person_modes m
  JOIN users u ON u.shop_id = m.shop_id AND u.id = m.switched_on_by
 WHERE m.shop_id = $1
 ORDER BY m.id DESC
