-- The terms of codes and what is left of them for a ticket ($3; 0: none) and its customer ($4; NULL: not known), in the order asked
-- for. A ticket's own use does not count against it, and neither does a reservation whose time is over.
SELECT p.code, p.version::bigint AS version, p.ended_at IS NOT NULL AS ended, t.kind = 'percent' AS percent,
       coalesce(t.percent_basis_points, 0)::bigint AS percent_basis_points, coalesce(t.amount_cents, 0) AS amount_cents,
       t.valid_from, t.valid_until, t.minimum_cents, t.include, t.exclude, t.stackable, t.allow_below_cost, t.allow_restricted,
       CASE WHEN t.max_uses IS NULL THEN -1 ELSE greatest(t.max_uses - (
            SELECT count(*) FROM promo_uses u
             WHERE u.shop_id = $1 AND u.code = p.code AND u.live AND u.ticket_id <> $3
               AND (u.state = 'committed' OR u.expires_at > now())), 0) END::bigint AS uses_left,
       CASE WHEN t.max_uses_per_customer IS NULL THEN -1 ELSE greatest(t.max_uses_per_customer - (
            SELECT count(*) FROM promo_uses u
             WHERE u.shop_id = $1 AND u.code = p.code AND u.live AND u.patient_id = $4::bigint AND u.ticket_id <> $3
               AND (u.state = 'committed' OR u.expires_at > now())), 0) END::bigint AS customer_uses_left
  FROM unnest($2::text[]) WITH ORDINALITY a (code, n)
  JOIN promo_codes p ON p.shop_id = $1 AND p.code = upper(a.code)
  JOIN promo_terms t ON t.shop_id = p.shop_id AND t.code = p.code AND t.version = p.version
 ORDER BY a.n
