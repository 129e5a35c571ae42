-- A ledger of :n moves of :n / 100 lots over five years, as a busy chain has it: each lot comes in once and goes out in 99 sales over
-- half a year; the newest fiftieth of them still holds something. Written in the order of time, as it would have been. Run by
-- psql as the superuser, who may leave the foreign keys unchecked; `yaofang verify` holds afterwards.
\set ON_ERROR_STOP on
\timing off
SET session_replication_role = replica;
SET client_min_messages = warning;
SET synchronous_commit = off;
SELECT id AS shop FROM shops ORDER BY id LIMIT 1 \gset
SELECT id AS person FROM users WHERE username = 'sam.ortiz' \gset
SELECT min(id) FILTER (WHERE kind = 'supplier') AS origin, min(id) FILTER (WHERE kind = 'patient') AS patients
  FROM locations WHERE shop_id = :shop \gset
SELECT :n / 100 AS lots, greatest(:n / 100000, 1) AS step \gset

CREATE TEMPORARY TABLE goods AS
SELECT id, coalesce(home_location_id, (SELECT min(id) FROM locations WHERE shop_id = :shop AND kind = 'drawer')) AS place,
       row_number() OVER (ORDER BY id) - 1 AS no, count(*) OVER () AS of_them
  FROM items WHERE shop_id = :shop AND unit = 'mg';
CREATE TEMPORARY TABLE seeded AS
SELECT nextval(pg_get_serial_sequence('lots', 'id')) AS id, i, g.id AS item_id, g.place, i > :lots - :lots / 50 AS left_over
  FROM generate_series(1, :lots) i JOIN goods g ON g.no = i % g.of_them ORDER BY i;
CREATE UNIQUE INDEX ON seeded (i);
INSERT INTO lots (shop_id, id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason, certificate,
                  cost_cents, cost_quantity, in_stock)
OVERRIDING SYSTEM VALUE
SELECT :shop, s.id, s.item_id, (SELECT min(id) FROM suppliers WHERE shop_id = :shop), 'LEDGER-' || s.i,
       CASE WHEN s.left_over THEN current_date + 30 + s.i % 900 ELSE current_date - s.i % 1500 END, 'day', 'released', '', 'COA',
       1000 + s.i % 977, 500000, s.left_over
  FROM seeded s ORDER BY s.i;
INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, note, user_id, at)
SELECT :shop, s.id, CASE WHEN k.k = 0 THEN :origin ELSE s.place END, CASE WHEN k.k = 0 THEN s.place ELSE :patients END,
       CASE WHEN k.k > 0 THEN 5000 WHEN s.left_over THEN 500000 ELSE 495000 END, CASE WHEN k.k = 0 THEN 'received' ELSE 'dispensed' END,
       '', :person, now() - interval '5 years' + t.t * (interval '5 years' / (:lots + 99 * :step))
  FROM generate_series(1, :lots + 99 * :step) t (t)
 CROSS JOIN generate_series(0, 99) k (k)
  JOIN seeded s ON s.i = t.t - k.k * :step;
INSERT INTO balances (shop_id, lot_id, location_id, internal, quantity)
SELECT :shop, s.id, e.place, e.internal, e.quantity
  FROM seeded s
 CROSS JOIN LATERAL (VALUES (:origin, false, CASE WHEN s.left_over THEN -500000 ELSE -495000 END),
                            (s.place, true, CASE WHEN s.left_over THEN 5000 ELSE 0 END),
                            (:patients, false, 495000)) e (place, internal, quantity)
 ORDER BY s.i;
VACUUM ANALYZE lots;
VACUUM ANALYZE stock_moves;
VACUUM ANALYZE balances;
