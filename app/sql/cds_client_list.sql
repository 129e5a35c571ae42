-- The systems that may, or once might, ask over CDS Hooks; $2 one of them, NULL all. When each last asked is the day of its
-- newest card.
SELECT k.id, k.name, k.issuer, k.kid, k.algorithm, k.role, k.public_key, k.added_at, k.disabled_at,
       (SELECT max(c.issued_at) FROM cds_cards c WHERE c.shop_id = k.shop_id AND c.client_id = k.id) AS last_card_at
  FROM cds_clients k
 WHERE k.shop_id = $1 AND ($2::bigint IS NULL OR k.id = $2)
 ORDER BY k.id
