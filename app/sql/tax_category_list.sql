-- The shop's tax categories.
SELECT tax_category, name, rate_basis_points, note FROM tax_categories
 WHERE shop_id = $1 AND ($2::text IS NULL OR tax_category = $2)
 ORDER BY tax_category
