-- The demo stock comes in through the ledger, as any delivery does: one booking per receipt.
SELECT count(stock_book($1, b.lots, b.origins, b.places, b.quantities, 'received', NULL, b.receipt_id, 'demo', NULL)) AS receipts
  FROM (SELECT c.id AS receipt_id, array_agg(l.id) AS lots, array_agg(o.id) AS origins, array_agg(p.id) AS places,
               array_agg((r->>'quantity')::bigint) AS quantities
          FROM rows_of($2::text[], $3::text[]) r
          JOIN items i ON i.shop_id = $1 AND i.sku = r->>'sku'
          JOIN suppliers s ON s.shop_id = $1 AND s.code = r->>'supplier'
          JOIN lots l ON l.shop_id = $1 AND l.item_id = i.id AND l.supplier_id = s.id AND l.lot_code = r->>'lot_code'
          JOIN receipts c ON c.shop_id = $1 AND c.supplier_id = s.id AND c.invoice = r->>'invoice'
          JOIN locations p ON p.shop_id = $1 AND p.code = r->>'drawer'
          JOIN locations o ON o.shop_id = $1 AND o.kind = 'supplier'
         WHERE (r->>'quantity')::bigint > 0
         GROUP BY c.id) b
