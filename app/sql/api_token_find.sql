-- Whose bearer token a hash is; the function may look across shops.
SELECT shop_id, user_id, username, roles FROM api_token_find($1)
