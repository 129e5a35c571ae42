-- The quote a ticket stands at: its total, whether its time is over, and what day it was made on and is now.
SELECT q.quote_no::bigint AS quote_no, q.total_cents, q.expires_at <= now() AS ran_out
  FROM quotes q
 WHERE q.shop_id = $1 AND q.ticket_id = $2 AND q.quote_no = $3::integer
