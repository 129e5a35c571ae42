-- What the shop wants at its bench.
SELECT identity, packet_checks, total_check, density_permille FROM bench_settings_now WHERE shop_id = $1
