-- Takes the drawer's row lock: no payment goes in or out while it is being closed. A closed drawer gives no row.
SELECT id FROM cash_sessions WHERE shop_id = $1 AND id = $2 AND NOT closed FOR NO KEY UPDATE
