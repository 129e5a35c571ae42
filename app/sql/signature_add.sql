-- Signs a version on a screening. The row refers to the answer numbered critical_count: without it there is no signature.
INSERT INTO signatures (shop_id, prescription_id, version, screening_id, critical_count, signed_by)
VALUES ($1::bigint, $2::bigint, $3::integer, $4::bigint, $5::integer, $6::bigint)
