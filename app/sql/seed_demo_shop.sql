-- The demo shop, unless it is there: then no row comes back and the rest of the demo is left out. It weighs without looking at lots
-- and packets twice, until somebody wants to see that too.
WITH made AS (
    INSERT INTO shops (slug, name, name_hanzi, street, city, region, postal_code, country, phone, time_zone, currency,
                       jurisdiction, label_profile, label_profile_note, demo)
    SELECT r->>'slug', r->>'name', r->>'name_hanzi', r->>'street', r->>'city', r->>'region', r->>'postal_code', r->>'country',
           r->>'phone', r->>'time_zone', r->>'currency', r->>'jurisdiction', r->>'label_profile', r->>'label_profile_note', true
      FROM rows_of($1::text[], $2::text[]) r
        ON CONFLICT (slug) DO NOTHING
    RETURNING id
), bench AS (
    INSERT INTO bench_settings (shop_id, identity, packet_checks, total_check, density_permille)
    SELECT id, 'choice', 0, false, 100 FROM made
)
SELECT id FROM made
