-- Which printer each workstation uses for which kind of paper ('': every other kind); $2 names one workstation.
SELECT s.station, s.kind, p.code AS printer, p.removed_at IS NOT NULL AS removed, s.set_at
  FROM station_printers s
  JOIN printers p ON p.shop_id = s.shop_id AND p.id = s.printer_id
 WHERE s.shop_id = $1 AND ($2::text IS NULL OR s.station = $2)
 ORDER BY s.station, s.kind
