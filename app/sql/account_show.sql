-- One account as it is now, and whether the shop could do without it.
SELECT id, display_name, registration, user_roles_text(shop_id, id) AS roles, disabled_at IS NOT NULL AS disabled,
       another_administers(shop_id, id) AS others_administer
  FROM users WHERE shop_id = $1 AND username = $2
