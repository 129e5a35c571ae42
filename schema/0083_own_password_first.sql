-- A session of somebody whose password an administrator had made says so (0080): whoever looks a session up, or lets somebody in, holds
-- her to choosing her own first. A bearer token does not say it, see core/account.h. The two functions give one column more each.
SET LOCAL ROLE yaofang_owner;

DROP FUNCTION account_find;
CREATE FUNCTION account_find(p_username text, p_shop_slug text DEFAULT NULL)
RETURNS TABLE (shop_id bigint, shop_slug text, shop_name text, user_id bigint, username text, display_name text,
               password_hash text, roles text, password_to_change boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.shop_id, s.slug, s.name, u.id, u.username, u.display_name, u.password_hash, user_roles_text(u.shop_id, u.id),
           u.sign_in_set_by IS NOT NULL
      FROM users u JOIN shops s ON s.id = u.shop_id
     WHERE u.username = lower(p_username) AND u.disabled_at IS NULL AND (p_shop_slug IS NULL OR s.slug = p_shop_slug)
$$;

DROP FUNCTION session_find;
CREATE FUNCTION session_find(p_token_hash text)
RETURNS TABLE (shop_id bigint, user_id bigint, username text, display_name text, roles text, expires_at timestamptz,
               password_to_change boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.shop_id, u.id, u.username, u.display_name, user_roles_text(u.shop_id, u.id), t.expires_at,
           u.sign_in_set_by IS NOT NULL
      FROM sessions t JOIN users u ON u.shop_id = t.shop_id AND u.id = t.user_id
     WHERE t.token_hash = p_token_hash AND t.ended_at IS NULL AND t.expires_at > now() AND u.disabled_at IS NULL
$$;

REVOKE ALL ON FUNCTION account_find, session_find FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_find, session_find TO yaofang_app;
