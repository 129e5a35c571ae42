-- A ledger of :n moves of :n / 99 lots over five years up to now, as a busy chain has it: each lot comes in once and goes out in 99
-- sales over five weeks; the newest fiftieth of them still holds something. Written in the order of time, as it would have been. Run
-- by psql as the superuser, who may leave the foreign keys unchecked; `yaofang verify` holds afterwards.
\set ON_ERROR_STOP on
\timing off
SET session_replication_role = replica;
SET client_min_messages = warning;
SET synchronous_commit = off;
SELECT id AS shop FROM shops ORDER BY id LIMIT 1 \gset
SELECT id AS person FROM users WHERE username = 'sam.ortiz' \gset
SELECT min(id) FILTER (WHERE kind = 'supplier') AS origin, min(id) FILTER (WHERE kind = 'patient') AS patients
  FROM locations WHERE shop_id = :shop \gset
SELECT :n / 99 AS lots, greatest(:n / 500000, 1) AS step \gset
-- In days: years would be months of thirty days, and the ledger would end a month ago.
SELECT interval '1826 days' / :lots AS beat \gset

CREATE TEMPORARY TABLE goods AS
SELECT id, coalesce(home_location_id, (SELECT min(id) FROM locations WHERE shop_id = :shop AND kind = 'drawer')) AS place,
       row_number() OVER (ORDER BY id) - 1 AS no, count(*) OVER () AS of_them
  FROM items WHERE shop_id = :shop AND unit = 'mg';
CREATE TEMPORARY TABLE seeded AS
SELECT nextval(pg_get_serial_sequence('lots', 'id')) AS id, i, g.id AS item_id, g.place,
       least((:lots - i) / :step, 99) AS sales
  FROM generate_series(1, :lots) i JOIN goods g ON g.no = i % g.of_them ORDER BY i;
CREATE UNIQUE INDEX ON seeded (i);
INSERT INTO lots (shop_id, id, item_id, supplier_id, lot_code, expires_on, expiry_precision, status, status_reason, certificate,
                  cost_cents, cost_quantity, received_at, in_stock)
OVERRIDING SYSTEM VALUE
SELECT :shop, s.id, s.item_id, (SELECT min(id) FROM suppliers WHERE shop_id = :shop), 'LEDGER-' || s.i,
       CASE WHEN s.sales < 99 THEN current_date + 30 + s.i % 900 ELSE current_date - s.i % 1500 END, 'day', 'released', '', 'COA',
       1000 + s.i % 977, 500000, now() - interval '1826 days' + s.i * interval :'beat', s.sales < 99
  FROM seeded s ORDER BY s.i;
INSERT INTO stock_moves (shop_id, lot_id, from_location_id, to_location_id, quantity, reason, note, user_id, at)
SELECT :shop, s.id, CASE WHEN k.k = 0 THEN :origin ELSE s.place END, CASE WHEN k.k = 0 THEN s.place ELSE :patients END,
       CASE WHEN k.k = 0 THEN 495000 ELSE 5000 END, CASE WHEN k.k = 0 THEN 'received' ELSE 'dispensed' END,
       '', :person, now() - interval '1826 days' + t.t * interval :'beat'
  FROM generate_series(1, :lots) t (t)
 CROSS JOIN generate_series(0, 99) k (k)
  JOIN seeded s ON s.i = t.t - k.k * :step;
INSERT INTO balances (shop_id, lot_id, location_id, internal, quantity)
SELECT :shop, s.id, e.place, e.internal, e.quantity
  FROM seeded s
 CROSS JOIN LATERAL (VALUES (:origin, false, -495000), (s.place, true, 495000 - 5000 * s.sales),
                            (:patients, false, 5000 * s.sales)) e (place, internal, quantity)
 WHERE e.quantity <> 0 OR e.internal
 ORDER BY s.i;
-- What a service that runs meanwhile had added up of the demo's days and months knows nothing of this past.
DELETE FROM lot_month_parts WHERE shop_id = :shop;
DELETE FROM month_parts WHERE shop_id = :shop;
DELETE FROM lot_closings WHERE shop_id = :shop;
DELETE FROM lot_months WHERE shop_id = :shop;
DELETE FROM stock_months WHERE shop_id = :shop;
DELETE FROM item_uses WHERE shop_id = :shop;
DELETE FROM use_days WHERE shop_id = :shop;
VACUUM ANALYZE lots;
VACUUM ANALYZE stock_moves;
VACUUM ANALYZE balances;
