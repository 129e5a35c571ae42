-- Demo promo codes, each in its first version.
WITH row AS (
    SELECT r FROM rows_of($2::text[], $3::text[]) r
), made AS (
    INSERT INTO promo_codes (shop_id, code, demo) SELECT $1, upper(r->>'code'), true FROM row
)
INSERT INTO promo_terms (shop_id, code, version, description, kind, percent_basis_points, amount_cents, valid_from, valid_until,
                         minimum_cents, include, exclude, max_uses, max_uses_per_customer, stackable, allow_below_cost,
                         allow_restricted)
SELECT $1, upper(r->>'code'), 1, coalesce(r->>'description', ''), r->>'kind', (r->>'percent_basis_points')::integer,
       (r->>'amount_cents')::bigint, shop_today($1) + (r->>'valid_from_days')::integer,
       shop_today($1) + (r->>'valid_until_days')::integer, coalesce((r->>'minimum_cents')::bigint, 0),
       coalesce(r->>'include', ''), coalesce(r->>'exclude', ''), (r->>'max_uses')::integer,
       (r->>'max_uses_per_customer')::integer, coalesce(r->>'stackable' = 'yes', false),
       coalesce(r->>'allow_below_cost' = 'yes', false), coalesce(r->>'allow_restricted' = 'yes', false)
  FROM row
