-- The shop's tax categories: one ($2), or all, those out of use too ($3).
SELECT tax_category, name, rate_basis_points, note, retired_at FROM tax_categories
 WHERE shop_id = $1 AND ($2::text IS NULL OR tax_category = $2) AND ($2::text IS NOT NULL OR $3::boolean OR retired_at IS NULL)
 ORDER BY retired_at IS NOT NULL, tax_category
