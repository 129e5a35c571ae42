-- Locks codes, in the order of their letters, so that only one ticket at a time takes or gives back a use of a code: the next
-- statement sees every use that was taken before.
SELECT count(*) AS codes
  FROM (SELECT code FROM promo_codes WHERE shop_id = $1 AND code = ANY ($2::text[]) ORDER BY code FOR NO KEY UPDATE) locked
