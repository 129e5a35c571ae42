-- The paper that has this number ($3) of this prescriber ($2) already and was not replaced: by whom and when it was received, and whether
-- it was refused.
SELECT i.id, r.intake_id IS NOT NULL AS rejected
  FROM intakes i
  LEFT JOIN intake_rejections r ON r.shop_id = i.shop_id AND r.intake_id = i.id
 WHERE i.shop_id = $1 AND i.prescriber_id = $2 AND i.number = $3
   AND NOT EXISTS (SELECT FROM intakes n WHERE n.shop_id = i.shop_id AND n.replaces_id = i.id)
 ORDER BY i.id DESC
 LIMIT 1
