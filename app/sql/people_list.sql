-- The shop's people as its administrators see them, $2 naming one; of passwords only whether there is one, of tokens what they are for.
SELECT u.username, u.display_name, u.registration,
       to_json(array_remove(string_to_array(user_roles_text(u.shop_id, u.id), ';'), '')) AS roles,
       u.password_hash IS NOT NULL AS has_password, u.sign_in_set_by IS NOT NULL AS password_to_change, u.disabled_at, u.created_at,
       (SELECT max(s.created_at) FROM sessions s WHERE s.shop_id = u.shop_id AND s.user_id = u.id) AS signed_in_at,
       (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'created_at', t.created_at,
                                                   'expires_at', t.expires_at) ORDER BY t.id), '[]')
          FROM api_tokens t
         WHERE t.shop_id = u.shop_id AND t.user_id = u.id AND t.revoked_at IS NULL
           AND (t.expires_at IS NULL OR t.expires_at > now())) AS tokens
  FROM users u
 WHERE u.shop_id = $1 AND ($2::text IS NULL OR u.username = $2)
 ORDER BY u.disabled_at IS NOT NULL, u.username
