-- Takes a role away; who did is in the audit.
DELETE FROM user_roles WHERE shop_id = $1 AND user_id = $2 AND role = $3
