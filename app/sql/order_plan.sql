-- The item that fills each line of the newest signed version, as item_for (0037) chooses it. `quantity` is in the item's own
-- grams: crude weight by the item's ratio with the version's overage for losses, rounded half up once.
SELECT v.version, i.line_no, i.herb_id, i.total_mg AS crude_mg, h.pinyin, h.hanzi, coalesce(t.id, 0) AS item_id,
       coalesce(round(i.total_mg::numeric * (1000 + v.overage_permille) * t.ratio_denominator
                      / (1000 * t.ratio_numerator)), 0)::bigint AS quantity
  FROM (SELECT max(version) AS version FROM signatures WHERE shop_id = $1 AND prescription_id = $2) s
  JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = $2 AND v.version = s.version
  JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = $2 AND i.version = v.version
  JOIN herbs h ON h.id = i.herb_id
  LEFT JOIN items t ON t.shop_id = $1 AND t.id = item_for($1, v.dosage_form, i.herb_id, i.processing, i.total_mg)
 ORDER BY i.line_no
