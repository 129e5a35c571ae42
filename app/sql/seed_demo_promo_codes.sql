-- Demo promo codes.
INSERT INTO promo_codes (shop_id, code, description, kind, percent_basis_points, amount_cents, valid_from, valid_until,
                         minimum_cents, include, exclude, max_uses, max_uses_per_customer, stackable, allow_below_cost,
                         allow_restricted, demo)
SELECT $1, upper(r->>'code'), coalesce(r->>'description', ''), r->>'kind', (r->>'percent_basis_points')::integer,
       (r->>'amount_cents')::bigint, shop_today($1) + (r->>'valid_from_days')::integer,
       shop_today($1) + (r->>'valid_until_days')::integer, coalesce((r->>'minimum_cents')::bigint, 0),
       coalesce(r->>'include', ''), coalesce(r->>'exclude', ''), (r->>'max_uses')::integer,
       (r->>'max_uses_per_customer')::integer, r->>'stackable' = 'yes', r->>'allow_below_cost' = 'yes',
       r->>'allow_restricted' = 'yes', true
  FROM rows_of($2::text[], $3::text[]) r
