-- Who may sign in under a name; the function may look across shops.
SELECT shop_id, shop_slug, user_id, username, password_hash, roles FROM account_find($1, $2)
