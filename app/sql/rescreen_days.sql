-- Has every shop screened again once a day.
SELECT rescreen_days() AS number
