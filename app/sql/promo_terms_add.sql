-- A version of a code's terms; two people who change the same version both try to add the next, and the second is told.
INSERT INTO promo_terms (shop_id, code, version, description, kind, percent_basis_points, amount_cents, valid_from, valid_until,
                         minimum_cents, include, exclude, max_uses, max_uses_per_customer, stackable, allow_below_cost,
                         allow_restricted, return_on_refund, change_note, changed_by)
VALUES ($1, $2, $3::integer, coalesce($4, ''), $5, $6::integer, $7::bigint, $8::date, $9::date, $10, coalesce($11, ''),
        coalesce($12, ''), $13::integer, $14::integer, $15, $16, $17, $18, coalesce($19, ''), $20::bigint)
