-- Groups of customers and tax categories a shop no longer uses: not offered and not taken for anything new, while what stands with them
-- stands. They go out of use once no price, fee or item rests on them (app/core/sale_retire.c says who does).
SET LOCAL ROLE yaofang_owner;

ALTER TABLE customer_groups ADD COLUMN retired_at timestamptz;
ALTER TABLE tax_categories ADD COLUMN retired_at timestamptz;
GRANT UPDATE (retired_at) ON customer_groups, tax_categories TO yaofang_app;
