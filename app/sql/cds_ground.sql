-- What every answer over CDS Hooks needs from the database: the shop's day and place, and the coded reasons an override may give, as
-- FHIR codings of the system $2.
SELECT shop_today(id) AS today, jurisdiction,
       (SELECT json_agg(json_build_object('system', $2::text, 'code', code, 'display', english) ORDER BY code)
          FROM answer_reasons)::text AS reasons
  FROM shops
 WHERE id = $1::bigint
