-- Where a balance is not the sum of its moves.
SELECT shop_id, lot_id, location_id, ledger, balance FROM ledger_differences WHERE shop_id = $1 ORDER BY lot_id, location_id
