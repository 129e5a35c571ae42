-- The import's patients, in the file's order; who has no code gets the next of the shop's own (patient_code_lock is held).
WITH coming AS (
    SELECT r.line, x.*,
           coalesce(x.code, 'P-' || to_char(
               (SELECT coalesce(max(substring(code FROM '^P-([0-9]{4,9})$')::bigint), 0)
                  FROM (SELECT code FROM patients WHERE shop_id = $1::bigint
                         UNION ALL
                        SELECT cells ->> 'code' FROM import_rows WHERE shop_id = $1::bigint AND import_id = $2::bigint) t)
               + count(*) FILTER (WHERE x.code IS NULL) OVER (ORDER BY r.line), 'FM999990000')) AS new_code
      FROM import_rows r,
           jsonb_to_record(r.cells) x (code text, family_name text, given_name text, name_hanzi text, sex text, born_on date,
                                       weight_mg bigint, occupation text, phone text, language text, complaint text)
     WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint
), made AS (
    INSERT INTO patients (shop_id, code, family_name, given_name, name_hanzi, sex, born_on, weight_mg, occupation, phone,
                          language, complaint, created_by)
    SELECT $1::bigint, new_code, family_name, coalesce(given_name, ''), name_hanzi, sex, born_on, weight_mg, occupation,
           phone, coalesce(language, 'english'), complaint, $3::bigint
      FROM coming ORDER BY line
    RETURNING id, code
)
UPDATE import_rows r SET made_id = m.id
  FROM made m JOIN coming n ON n.new_code = m.code
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND r.line = n.line
