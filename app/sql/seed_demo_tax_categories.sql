-- Demo tax categories.
INSERT INTO tax_categories (shop_id, tax_category, name, rate_basis_points, note)
SELECT $1, r->>'tax_category', r->>'name', (r->>'rate_basis_points')::integer, r->>'note' FROM rows_of($2::text[], $3::text[]) r
