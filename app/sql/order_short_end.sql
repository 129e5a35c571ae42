-- Ends what an order had reserved and whose time has run out, and says whether anything is still set aside for it.
WITH ended AS (
    UPDATE reservations SET ended_at = now() WHERE shop_id = $1 AND order_id = $2 AND ended_at IS NULL AND expires_at <= now()
)
SELECT EXISTS (SELECT FROM reservations r WHERE r.shop_id = $1 AND r.order_id = $2 AND r.ended_at IS NULL
                                            AND r.expires_at > now()) AS reserved
