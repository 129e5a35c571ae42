-- The shop's accounts.
SELECT u.username, u.display_name, u.registration, user_roles_text(u.shop_id, u.id) AS roles, u.disabled_at IS NOT NULL AS disabled,
       u.password_hash IS NOT NULL AS has_password,
       (SELECT count(*) FROM api_tokens t
         WHERE t.shop_id = u.shop_id AND t.user_id = u.id AND t.revoked_at IS NULL) AS tokens
  FROM users u
 WHERE u.shop_id = $1
 ORDER BY u.username
