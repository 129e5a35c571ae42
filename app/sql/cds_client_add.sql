-- A system that may ask over CDS Hooks.
INSERT INTO cds_clients (shop_id, name, issuer, kid, algorithm, public_key, role, added_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id
