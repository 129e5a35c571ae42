-- Who may sign in under a name; the function may look across shops.
SELECT shop_id, shop_slug, user_id, username, password_hash, roles, password_to_change FROM account_find($1, $2)
