-- The uses of a code, the newest first: reserved, committed, released or returned, by which ticket and customer.
SELECT u.id, u.state, u.why, u.version, u.ticket_id, p.code AS patient_code, u.slot_no, u.customer_slot_no, u.reserved_at, u.expires_at,
       u.ended_at, (SELECT q.discount_cents FROM quote_codes q WHERE q.shop_id = u.shop_id AND q.use_id = u.id
                     ORDER BY q.quote_no DESC LIMIT 1) AS discount_cents
  FROM promo_uses u
  LEFT JOIN patients p ON p.shop_id = u.shop_id AND p.id = u.patient_id
 WHERE u.shop_id = $1 AND u.code = upper($2) AND ($4::bigint IS NULL OR u.id < $4::bigint)
 ORDER BY u.id DESC
 LIMIT least(coalesce($3::bigint, 100), 1000)
