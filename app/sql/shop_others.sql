-- The other shops, to which goods may be sent.
SELECT slug, name FROM shop_list() WHERE id <> $1 ORDER BY name, slug
