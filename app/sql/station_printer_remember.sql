-- A workstation that had no printer for that kind of paper has printed it there: it does so from now on.
INSERT INTO station_printers (shop_id, station, kind, printer_id, set_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (shop_id, station, kind) DO NOTHING
