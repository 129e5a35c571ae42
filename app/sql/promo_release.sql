-- Gives back what a ticket has reserved, but for the codes that stay ($4) in the version and for the customer they stay for.
UPDATE promo_uses u SET state = 'released', why = $3, ended_at = now()
 WHERE u.shop_id = $1 AND u.ticket_id = $2 AND u.state = 'reserved'
   AND NOT EXISTS (SELECT FROM unnest($4::text[], $5::bigint[]) k (code, version)
                    WHERE k.code = u.code AND k.version = u.version AND u.patient_id IS NOT DISTINCT FROM $6::bigint)
