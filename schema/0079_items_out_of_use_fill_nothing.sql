-- The item of the shop that fills a herb in a dosage form, as 0036 said it; one that is out of use only while something is left of it:
-- an order would wait for it for ever, because it is not bought again.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION item_for(p_shop_id bigint, p_dosage_form text, p_herb_id text, p_processing text, p_crude_mg bigint)
RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.id FROM items t
     WHERE t.shop_id = p_shop_id AND t.herb_id = p_herb_id AND t.item_kind = ANY (form_item_kinds(p_dosage_form))
       AND (t.retired_at IS NULL OR EXISTS (SELECT FROM lots l WHERE l.shop_id = p_shop_id AND l.item_id = t.id AND l.in_stock))
     ORDER BY t.item_kind = 'powder' DESC, lower(coalesce(t.preparation, '')) = lower(p_processing) DESC,
              (SELECT sum(b.quantity) FROM lots l
                 JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal
                 JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
                WHERE l.shop_id = p_shop_id AND l.item_id = t.id AND l.in_stock
                  AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today(p_shop_id)),
                                     (SELECT shop_today(p_shop_id))) IS NULL)
                  * t.ratio_numerator >= p_crude_mg * t.ratio_denominator DESC NULLS LAST, t.id
     LIMIT 1;
END;
