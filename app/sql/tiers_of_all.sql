-- The tiers of the reference (shop 0) and of every shop that has its own; the function may look across them.
SELECT shop_id, role, moment, severity, tier FROM tiers_of_all()
