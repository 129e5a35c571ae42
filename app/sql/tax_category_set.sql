-- A tax category, new or with another rate: what was sold keeps the rate it was sold at.
INSERT INTO tax_categories (shop_id, tax_category, name, rate_basis_points, note) VALUES ($1, $2, $3, $4::integer, $5::text)
ON CONFLICT (shop_id, tax_category) DO UPDATE SET name = excluded.name, rate_basis_points = excluded.rate_basis_points, note = excluded.note
