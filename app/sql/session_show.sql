-- Who is signed in, for the page.
SELECT u.id, u.username, u.display_name, to_json(string_to_array(user_roles_text(u.shop_id, u.id), ';')) AS roles,
       u.sign_in_set_by IS NOT NULL AS password_to_change,
       json_build_object('id', s.id, 'slug', s.slug, 'name', s.name, 'time_zone', s.time_zone, 'currency', s.currency,
                         'today', shop_today(s.id)) AS shop
  FROM users u JOIN shops s ON s.id = u.shop_id
 WHERE u.shop_id = $1 AND u.id = $2
