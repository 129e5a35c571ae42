-- The item that fills each line of the newest signed version: of the kind the dosage form asks for, in the preparation asked
-- for where the shop has it, and of several such the first that lies there in the amount. `quantity` is in the item's own
-- grams: crude weight by the item's ratio, rounded half up once.
SELECT v.version, i.line_no, i.herb_id, i.total_mg AS crude_mg, h.pinyin, h.hanzi, coalesce(t.id, 0) AS item_id,
       coalesce(round(i.total_mg::numeric * t.ratio_denominator / t.ratio_numerator), 0)::bigint AS quantity
  FROM (SELECT max(version) AS version FROM signatures WHERE shop_id = $1 AND prescription_id = $2) s
  JOIN prescription_versions v ON v.shop_id = $1 AND v.prescription_id = $2 AND v.version = s.version
  JOIN prescription_items i ON i.shop_id = $1 AND i.prescription_id = $2 AND i.version = v.version
  JOIN herbs h ON h.id = i.herb_id
  LEFT JOIN LATERAL (
        SELECT t.id, t.ratio_numerator, t.ratio_denominator FROM items t
         WHERE t.shop_id = $1 AND t.herb_id = i.herb_id
           AND t.item_kind = ANY (CASE WHEN v.dosage_form IN ('granule', 'granule_sachet') THEN ARRAY['granule']
                                       WHEN v.dosage_form IN ('powder', 'capsule') THEN ARRAY['powder', 'raw']
                                       ELSE ARRAY['raw'] END)
         ORDER BY t.item_kind = 'powder' DESC, lower(coalesce(t.preparation, '')) = lower(i.processing) DESC,
                  (SELECT sum(b.quantity) FROM lots l
                     JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal
                     JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                    WHERE l.shop_id = $1 AND l.item_id = t.id AND l.in_stock
                      AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL)
                      * t.ratio_numerator >= i.total_mg * t.ratio_denominator DESC NULLS LAST, t.id
         LIMIT 1) t ON true
 ORDER BY i.line_no
