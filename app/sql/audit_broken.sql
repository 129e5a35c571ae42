-- How many seals no longer fit their entries.
SELECT count(*) AS broken FROM audit_broken WHERE shop_id = $1
