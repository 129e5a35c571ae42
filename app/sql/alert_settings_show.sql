-- From when on a rule comes before the curator; what nobody set is the house's.
SELECT coalesce(max(override_percent), 80) AS override_percent, coalesce(max(least_shown), 20) AS least_shown, coalesce(max(days), 90) AS days
  FROM alert_settings WHERE shop_id = $1::bigint
