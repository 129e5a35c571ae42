-- The accounts under a username, of one shop or of all: the function may look across shops.
SELECT shop_id, shop_slug, user_id, username, roles FROM account_find($1::text, $2::text) ORDER BY shop_slug
