-- Names a place anew. The places outside the shop are the ledger's own and stay as they are.
UPDATE locations SET name = $3, restricted = $4 WHERE shop_id = $1 AND id = $2 AND internal RETURNING id
