-- What is used most: the forty items of which most grams, or pieces, went to patients and into batches in the last $2 days (90). $3 and
-- $4 play no part here.
SELECT i.name, i.name_hanzi, i.sku, i.item_kind, CASE i.unit WHEN 'mg' THEN u.quantity END AS used_mg,
       CASE i.unit WHEN 'mg' THEN round(u.quantity::numeric / w.days)::bigint END AS use_a_day_mg,
       CASE i.unit WHEN 'each' THEN u.quantity END AS used_pieces,
       CASE i.unit WHEN 'each' THEN round(30 * u.quantity::numeric / w.days)::bigint END AS use_a_month_pieces
  FROM (SELECT greatest(coalesce($2::integer, 90), 1) AS days WHERE coalesce($3::integer, 0) + coalesce($4::integer, 0) >= 0) w
 CROSS JOIN LATERAL item_use($1, w.days) u
  JOIN items i ON i.shop_id = $1 AND i.id = u.item_id
 WHERE u.quantity > 0
 ORDER BY i.unit = 'each', u.quantity DESC, i.name COLLATE "und-x-icu", i.id
 LIMIT 40
