-- Holds a tax category while it is looked who uses it: an item, fee or price rule that names it waits, or is waited for and then seen.
SELECT tax_category AS code FROM tax_categories WHERE shop_id = $1 AND tax_category = $2 FOR UPDATE
