-- What the shop says about itself.
SELECT slug, name, name_hanzi, street, city, region, postal_code, country, phone, registration, time_zone, currency, liang,
       second_person_above_cents, weigh_tolerance_permille, reservation_minutes, shop_today(id) AS today
  FROM shops WHERE id = $1
