-- Lets a label of an order, or the paper of a prescription or ticket ($10), through without a field its profile asks for: who, when and
-- why stay on record.
WITH of_papers AS (
    INSERT INTO paper_overrides (shop_id, prescription_id, ticket_id, kind, profile_id, field, fault, reason, note, overridden_by)
    SELECT $1::bigint, CASE WHEN $10::text = 'prescription' THEN $2::bigint END, CASE WHEN $10 = 'ticket' THEN $2 END, $3::text, $4::text,
           $5::text, $6::text, $7::text, $8::text, $9::bigint
     WHERE $10 <> 'order'
)
INSERT INTO label_overrides (shop_id, order_id, kind, profile_id, field, fault, reason, note, overridden_by)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE $10 = 'order'
