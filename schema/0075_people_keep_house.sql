-- People are kept by their administrators over HTTP too, so what no administrator may do is a law here: a shop keeps one
-- administrator who can sign in, and nobody gives herself a role. core/account.c asks before, under a lock of the shop's row, and says
-- why; without that lock two administrators who took each other's role at the same moment would both be let.
SET LOCAL ROLE yaofang_owner;

-- Whether somebody else of the shop is an administrator who can sign in with a password.
CREATE FUNCTION another_administers(p_shop_id bigint, p_user_id bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM user_roles r JOIN users u ON u.shop_id = r.shop_id AND u.id = r.user_id
                    WHERE r.shop_id = p_shop_id AND r.role = 'admin' AND r.user_id <> p_user_id
                      AND u.disabled_at IS NULL AND u.password_hash IS NOT NULL);
END
$$;

CREATE POLICY last_administrator ON users AS RESTRICTIVE FOR UPDATE USING (true)
    WITH CHECK (disabled_at IS NULL OR NOT holds_role(shop_id, id, '{admin}') OR another_administers(shop_id, id));
CREATE POLICY last_administrator ON user_roles AS RESTRICTIVE FOR DELETE
    USING (role <> 'admin' OR another_administers(shop_id, user_id));

ALTER TABLE user_roles ADD CONSTRAINT user_roles_not_own CHECK (granted_by <> user_id) NOT VALID; -- what was granted before stands
