-- Whose session a token hash is; the function may look across shops.
SELECT shop_id, user_id, username, roles, password_to_change FROM session_find($1)
