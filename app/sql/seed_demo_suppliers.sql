-- Demo suppliers.
INSERT INTO suppliers (shop_id, code, name, name_hanzi, phone, email, city, supplies, lead_time_days, certificate_note)
SELECT $1, r->>'code', r->>'name', r->>'name_hanzi', r->>'phone', r->>'email', r->>'city', r->>'supplies',
       (r->>'lead_time_days')::integer, r->>'certificate_note'
  FROM rows_of($2::text[], $3::text[]) r
