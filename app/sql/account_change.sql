-- What is said of a person: NULL leaves it, 'none' takes the registration away.
UPDATE users SET display_name = coalesce($3::text, display_name),
                 registration = CASE WHEN $4::text = 'none' THEN NULL ELSE coalesce($4::text, registration) END
 WHERE shop_id = $1 AND username = $2
