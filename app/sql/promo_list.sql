-- Promo codes as they stand: terms, whether they work today, and how often they were used. $2: one code; $3: ended ones too.
SELECT p.code, t.version, t.description, t.kind, t.percent_basis_points, t.amount_cents, t.valid_from, t.valid_until, t.minimum_cents,
       t.include, t.exclude, t.max_uses, t.max_uses_per_customer, t.stackable, t.allow_below_cost, t.allow_restricted,
       t.return_on_refund,
       CASE WHEN p.ended_at IS NOT NULL THEN 'ended'
            WHEN t.valid_from > shop_today($1) THEN 'not yet'
            WHEN t.valid_until < shop_today($1) THEN 'over'
            WHEN u.committed + u.reserved >= t.max_uses THEN 'used up'
            ELSE 'works' END AS state,
       u.committed AS used, u.reserved, p.ended_at, t.changed_at, n.display_name AS changed_by
  FROM promo_codes p
  JOIN promo_terms t ON t.shop_id = p.shop_id AND t.code = p.code AND t.version = p.version
  LEFT JOIN users n ON n.shop_id = t.shop_id AND n.id = t.changed_by
 CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE u.state = 'committed') AS committed,
                            count(*) FILTER (WHERE u.state = 'reserved' AND u.expires_at > now()) AS reserved
                       FROM promo_uses u WHERE u.shop_id = p.shop_id AND u.code = p.code AND u.live) u
 WHERE p.shop_id = $1 AND ($2::text IS NULL OR p.code = upper($2)) AND ($2::text IS NOT NULL OR $3::boolean OR p.ended_at IS NULL)
 ORDER BY p.code
