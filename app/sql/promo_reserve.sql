-- Reserves one use of a code for a ticket, or goes on with the one it has. $4: the version that was priced; $5: the customer; $6:
-- minutes. A code with a limit gives the lowest slot nobody holds; above the limit the database refuses. The code is locked.
WITH kept AS (
    UPDATE promo_uses SET expires_at = now() + make_interval(mins => $6::integer)
     WHERE shop_id = $1 AND code = $2 AND ticket_id = $3 AND state = 'reserved' AND version = $4::integer
       AND patient_id IS NOT DISTINCT FROM $5::bigint
    RETURNING id
), made AS (
    INSERT INTO promo_uses (shop_id, code, version, uses_cap, customer_cap, slot_no, customer_slot_no, ticket_id, patient_id,
                            expires_at)
    SELECT $1, $2, t.version, t.uses_cap, t.customer_cap,
           CASE WHEN t.max_uses IS NOT NULL THEN (
                SELECT min(n) FROM generate_series(1, (SELECT 1 + count(*) FROM promo_uses u
                                                        WHERE u.shop_id = $1 AND u.code = $2 AND u.live)) n
                 WHERE NOT EXISTS (SELECT FROM promo_uses u
                                    WHERE u.shop_id = $1 AND u.code = $2 AND u.live AND u.slot_no = n)) END,
           CASE WHEN t.max_uses_per_customer IS NOT NULL THEN (
                SELECT min(n) FROM generate_series(1, (SELECT 1 + count(*) FROM promo_uses u
                                                        WHERE u.shop_id = $1 AND u.code = $2 AND u.live AND u.patient_id = $5::bigint)) n
                 WHERE NOT EXISTS (SELECT FROM promo_uses u
                                    WHERE u.shop_id = $1 AND u.code = $2 AND u.live AND u.patient_id = $5::bigint
                                      AND u.customer_slot_no = n)) END,
           $3, $5::bigint, now() + make_interval(mins => $6::integer)
      FROM promo_terms t
     WHERE t.shop_id = $1 AND t.code = $2 AND t.version = $4::integer AND NOT EXISTS (SELECT FROM kept)
    RETURNING id
)
SELECT id FROM kept UNION ALL SELECT id FROM made
