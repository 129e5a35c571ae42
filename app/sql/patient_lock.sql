-- Serializes changes of one patient's profile, and answers and signatures, which look at it. NO KEY: rows that refer to the
-- patient can still be added by others.
SELECT profile_version AS number FROM patients WHERE shop_id = $1::bigint AND id = $2::bigint FOR NO KEY UPDATE
