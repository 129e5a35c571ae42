-- One change at a time of who administers the shop; whoever only refers to the shop need not wait.
SELECT id FROM shops WHERE id = $1 FOR NO KEY UPDATE
