-- The shops with something of their own in force today, and a text that changes when that does; the function may look across shops.
SELECT shop_id, state FROM evidence_state()
