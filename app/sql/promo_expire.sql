-- Gives back the uses of codes whose reservation is over. The codes are locked.
UPDATE promo_uses SET state = 'released', why = 'expired', ended_at = now()
 WHERE shop_id = $1 AND code = ANY ($2::text[]) AND state = 'reserved' AND expires_at <= now() AND ticket_id <> $3
