-- A supplier by code; -1 where the lead time is not known.
SELECT id, code, name, name_hanzi, phone, email, city, coalesce(lead_time_days, -1)::bigint AS lead_time_days,
       supplies, certificate_note
  FROM suppliers WHERE shop_id = $1 AND code = $2
