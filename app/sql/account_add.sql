-- A new account; $6 had its password made.
INSERT INTO users (shop_id, username, display_name, registration, password_hash, sign_in_set_by)
VALUES ($1, $2, $3, $4, $5, CASE WHEN $5::text IS NOT NULL THEN $6::bigint END) RETURNING id
