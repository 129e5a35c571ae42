-- All shops; the function may look across them.
SELECT id, slug, name FROM shop_list()
