-- Whose key a token names; the function may look across shops.
SELECT shop_id, shop_slug, id, name, algorithm, public_key, role FROM cds_client_find($1, $2)
