-- What is wrong with patients that came in and only the database can tell: codes that are taken or come twice, days in the
-- future, weights that are no body's, texts that are too long.
INSERT INTO import_faults (shop_id, import_id, line, column_name, value, rule)
SELECT r.shop_id, r.import_id, r.line, f.column_name, f.value, f.rule
  FROM (SELECT shop_id, import_id, line, cells, count(*) OVER (PARTITION BY cells ->> 'code') AS same_code
          FROM import_rows WHERE shop_id = $1::bigint AND import_id = $2::bigint) r
  LEFT JOIN patients p ON p.shop_id = r.shop_id AND p.code = r.cells ->> 'code'
 CROSS JOIN LATERAL (VALUES
       ('code', r.cells ->> 'code', 'belongs to another patient', p.id IS NOT NULL),
       ('code', r.cells ->> 'code', 'stands in another row too', r.cells ->> 'code' IS NOT NULL AND r.same_code > 1),
       ('code', r.cells ->> 'code', 'is at most 40 characters', length(r.cells ->> 'code') > 40),
       ('family_name', r.cells ->> 'family_name', 'is at most 120 characters', length(r.cells ->> 'family_name') > 120),
       ('given_name', r.cells ->> 'given_name', 'is at most 120 characters', length(r.cells ->> 'given_name') > 120),
       ('name_hanzi', r.cells ->> 'name_hanzi', 'is at most 120 characters', length(r.cells ->> 'name_hanzi') > 120),
       ('occupation', r.cells ->> 'occupation', 'is at most 120 characters', length(r.cells ->> 'occupation') > 120),
       ('phone', r.cells ->> 'phone', 'is at most 120 characters', length(r.cells ->> 'phone') > 120),
       ('complaint', left(r.cells ->> 'complaint', 60), 'is at most 2000 characters', length(r.cells ->> 'complaint') > 2000),
       ('born_on', r.cells ->> 'born_on', 'is in the future',
        (r.cells ->> 'born_on')::date > (now() AT TIME ZONE 'UTC' + interval '14 hours')::date),
       ('born_on', r.cells ->> 'born_on', 'is before 1880', (r.cells ->> 'born_on')::date < '1880-01-01'),
       ('weight_mg', ((r.cells ->> 'weight_mg')::bigint / 1000)::text || ' g',
        'is the weight of a body, 1 kg to 500 kg: write the unit, such as 62 kg',
        (r.cells ->> 'weight_mg')::bigint NOT BETWEEN 1000000 AND 500000000)
       ) f (column_name, value, rule, wrong)
 WHERE f.wrong
