-- The ticket stands at that quote now.
UPDATE tickets SET state = 'quoted', quote_no = $3::integer WHERE shop_id = $1 AND id = $2
