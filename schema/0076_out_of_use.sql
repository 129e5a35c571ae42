-- Places, suppliers and items a shop no longer uses: they are not offered any more, and everything that was booked with them stays.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE locations ADD COLUMN retired_at timestamptz;
ALTER TABLE suppliers ADD COLUMN retired_at timestamptz;
ALTER TABLE items ADD COLUMN retired_at timestamptz;
GRANT UPDATE (retired_at) ON locations, suppliers, items TO yaofang_app;
