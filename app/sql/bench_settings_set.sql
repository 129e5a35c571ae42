-- What the shop wants at its bench, from the next allocation on.
INSERT INTO bench_settings (shop_id, identity, packet_checks, total_check, density_permille)
VALUES ($1, $2, $3::integer, $4, $5::integer)
ON CONFLICT (shop_id) DO UPDATE
   SET identity = excluded.identity, packet_checks = excluded.packet_checks, total_check = excluded.total_check,
       density_permille = excluded.density_permille
