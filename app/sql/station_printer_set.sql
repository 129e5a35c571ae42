-- A workstation prints that kind of paper there from now on.
INSERT INTO station_printers (shop_id, station, kind, printer_id, set_by)
SELECT $1, $2, $3, p.id, $5 FROM printers p WHERE p.shop_id = $1 AND p.code = $4 AND p.removed_at IS NULL
ON CONFLICT (shop_id, station, kind) DO UPDATE SET printer_id = excluded.printer_id, set_by = excluded.set_by, set_at = now()
