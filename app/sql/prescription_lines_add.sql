-- The herbs of a version, in order.
INSERT INTO prescription_items (shop_id, prescription_id, version, line_no, herb_id, processing, handling, role, daily_mg,
                                total_mg, via, filled_item_id)
SELECT $1::bigint, $2::bigint, $3::integer, no, herb_id, processing, handling, role, daily_mg, total_mg, via, nullif(filled, 0)
  FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[], $11::bigint[])
       WITH ORDINALITY AS line (herb_id, processing, handling, role, daily_mg, total_mg, via, filled, no)
