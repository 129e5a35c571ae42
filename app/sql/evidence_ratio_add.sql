-- The granule ratio a proposal sets.
INSERT INTO shop_ratios (shop_id, proposal_id, herb_id, crude_g_per_g, low, high, note)
VALUES ($1::bigint, $2::bigint, $3::text, $4::numeric, $5::numeric, $6::numeric, $7::text)
