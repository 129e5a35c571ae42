-- Sets the hash of a new password, which $4 had made: her own is nobody else's.
UPDATE users SET password_hash = $3, sign_in_set_by = nullif($4::bigint, id) WHERE shop_id = $1 AND username = $2
