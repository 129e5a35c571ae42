-- A printer in use: by its code, else the one a workstation uses for a kind of paper, else for any kind.
SELECT p.id, p.code, p.uri, p.format, p.dpi, coalesce(p.media_width_um, 0) AS media_width,
       coalesce(p.media_height_um, 0) AS media_height
  FROM printers p
  LEFT JOIN station_printers s ON s.shop_id = p.shop_id AND s.printer_id = p.id AND s.station = $3 AND s.kind IN ($4, '')
 WHERE p.shop_id = $1 AND p.removed_at IS NULL AND CASE WHEN $2::text IS NULL THEN s.station IS NOT NULL ELSE p.code = $2 END
 ORDER BY s.kind DESC NULLS LAST
 LIMIT 1
