-- A decision. Two at the same moment: the key of the proposal lets one in.
INSERT INTO evidence_decisions (shop_id, proposal_id, author_id, verdict, decided_by, note)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::bigint, $6::text)
