-- The name a proposal is about.
INSERT INTO shop_synonyms (shop_id, proposal_id, thing_kind, thing_id, synonym)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::text)
