-- Gives a role.
INSERT INTO user_roles (shop_id, user_id, role, granted_by) VALUES ($1, $2, $3, $4)
