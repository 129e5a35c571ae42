-- Whether what is in force of a key today stands on just these days; a first day not said is not compared.
SELECT EXISTS (SELECT FROM evidence_in_force($1::bigint, shop_today($1)) f
                WHERE f.kind = $2::text AND f.key = $3::text AND f.effective_from = coalesce($4::date, f.effective_from)
                  AND f.effective_to IS NOT DISTINCT FROM $5::date) AS same
