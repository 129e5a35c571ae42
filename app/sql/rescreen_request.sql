-- The shop's rule book changed: what it hands out is screened again.
SELECT rescreen_all($1::bigint, 'rule_book', $2::text, $3::bigint) AS number
