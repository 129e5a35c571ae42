-- Ways an order leaves the straight road, each a row that is only added: a hold, a question to the prescriber, a pharmacist's
-- refusal, waste (what was weighed is lost and the order begins anew); and how much of a version has been ordered: parts of a
-- supply, what is still owed, refills.
--
-- How the database itself keeps an order where it was stopped, without a trigger: orders.stopped_state is the state it was stopped
-- in, and a CHECK holds state to it (only the three exits are open). It cannot become NULL while a stop has no end, and a stop can
-- only be added to an order that has one.
SET LOCAL ROLE yaofang_owner;

-- Coded reasons, by what they are for.
CREATE TABLE order_reasons (
    use text NOT NULL CHECK (use IN ('hold', 'reject', 'waste', 'early_refill', 'not_wanted', 'return', 'destroy')),
    code text NOT NULL CHECK (code ~ '^[a-z_]{1,40}$'),
    english text NOT NULL,
    zh_hans text NOT NULL,
    zh_hant text NOT NULL,
    note_needed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (use, code),
    CONSTRAINT order_reasons_note_once UNIQUE (use, code, note_needed)
);
INSERT INTO order_reasons (use, code, english, zh_hans, zh_hant, note_needed) VALUES
    ('hold', 'patient_asked', 'The patient asked to wait', '患者要求暂缓', '患者要求暫緩', false),
    ('hold', 'waiting_for_stock', 'Waiting for stock', '等待到货', '等待到貨', false),
    ('hold', 'waiting_for_result', 'Waiting for a test result', '等待检验结果', '等待檢驗結果', false),
    ('hold', 'waiting_for_payment', 'Waiting for payment', '等待付款', '等待付款', false),
    ('hold', 'safety_concern', 'A safety concern is being looked into', '安全疑问待查', '安全疑問待查', true),
    ('hold', 'other', 'Something else', '其他', '其他', true),
    ('reject', 'unsafe', 'Not safe for this patient', '对该患者不安全', '對該患者不安全', true),
    ('reject', 'no_answer', 'The prescriber did not answer', '处方者未答复', '處方者未答覆', false),
    ('reject', 'prescriber_withdrew', 'The prescriber withdrew it', '处方者撤回', '處方者撤回', false),
    ('reject', 'unclear', 'Not clear or not complete', '处方不清或不完整', '處方不清或不完整', true),
    ('reject', 'not_lawful', 'May not be dispensed here', '依法不得调配', '依法不得調配', true),
    ('reject', 'cannot_be_made', 'Cannot be made here', '本店无法调配', '本店無法調配', true),
    ('waste', 'spilled', 'Spilled', '洒落', '灑落', false),
    ('waste', 'mixed_up', 'Herbs were mixed up', '药材混错', '藥材混錯', true),
    ('waste', 'wrong_weight', 'Weighed wrong', '称量错误', '稱量錯誤', false),
    ('waste', 'contaminated', 'Contaminated', '受污染', '受污染', false),
    ('waste', 'decoction_failed', 'Burnt, boiled over or spoiled in the pot', '煎煮失败', '煎煮失敗', false),
    ('waste', 'failed_check', 'Did not pass the final check', '未通过复核', '未通過覆核', true),
    ('waste', 'lot_recalled', 'A lot in it was recalled', '所用批次被召回', '所用批次被召回', false),
    ('waste', 'not_collected', 'Not collected in time', '逾期未取', '逾期未取', false),
    ('early_refill', 'travel', 'The patient travels', '患者外出', '患者外出', false),
    ('early_refill', 'lost', 'Lost or destroyed', '遗失或损毁', '遺失或損毀', true),
    ('early_refill', 'prescriber_agrees', 'The prescriber agrees', '处方者同意', '處方者同意', true),
    ('early_refill', 'shop_closed', 'The shop is closed when it is due', '到期时本店不营业', '到期時本店不營業', false),
    ('not_wanted', 'patient_declined', 'The patient does not want the rest', '患者不要余量', '患者不要餘量', false),
    ('not_wanted', 'prescriber_stopped', 'The prescriber ended the course', '处方者终止疗程', '處方者終止療程', false),
    ('not_wanted', 'not_collected', 'Not collected in time', '逾期未取', '逾期未取', false),
    ('return', 'adverse_reaction', 'Not tolerated', '不良反应', '不良反應', true),
    ('return', 'not_needed', 'No longer needed', '不再需要', '不再需要', false),
    ('return', 'wrong_order', 'The wrong order was given', '发错药', '發錯藥', true),
    ('return', 'damaged', 'Damaged or leaking', '破损', '破損', false),
    ('return', 'recalled', 'Recalled', '召回', '召回', false),
    ('return', 'patient_died', 'The patient died', '患者去世', '患者去世', false),
    ('destroy', 'waste_contractor', 'Given to a licensed waste contractor', '交有资质单位销毁', '交有資質單位銷毀', true),
    ('destroy', 'incinerated', 'Incinerated', '焚烧', '焚燒', false),
    ('destroy', 'made_unusable', 'Made unusable and thrown away', '毁形后丢弃', '毀形後丟棄', false);

-- Who may do what: a step's row names its person, and that person must have the role when the row is added.
CREATE FUNCTION holds_role(p_shop_id bigint, p_user_id bigint, p_roles text[]) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM user_roles r WHERE r.shop_id = p_shop_id AND r.user_id = p_user_id AND r.role = ANY (p_roles));
CREATE POLICY by_role ON signatures AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, signed_by, '{practitioner,pharmacist}'));
CREATE POLICY by_role ON acknowledgements AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, acknowledged_by, '{pharmacist}'));
CREATE POLICY by_role ON releases AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, released_by, '{pharmacist}'));
CREATE POLICY by_role ON order_fillers AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, filler_id, '{pharmacist,staff}'));
CREATE POLICY by_role ON weighing_approvals AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, approved_by, '{pharmacist,staff}'));
CREATE POLICY by_role ON final_checks AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, checker_id, '{pharmacist}'));
CREATE POLICY by_role ON handovers AS RESTRICTIVE FOR INSERT WITH CHECK (holds_role(shop_id, handed_by, '{pharmacist,staff}'));

-- Whether the shop's single-person mode lets one person be the second too: it is this one, it is on, and its delay has passed.
CREATE FUNCTION second_look_due(p_shop_id bigint, p_mode_id bigint, p_first_at timestamptz) RETURNS boolean LANGUAGE sql STABLE
    RETURN EXISTS (SELECT FROM single_person_modes m
                    WHERE m.shop_id = p_shop_id AND m.id = p_mode_id AND m.switched_off_at IS NULL
                      AND now() >= p_first_at + make_interval(mins => m.delay_minutes));

-- How often a version may be supplied again, and how many days must lie between: the prescriber's to say.
ALTER TABLE prescription_versions
    ADD COLUMN refills integer NOT NULL DEFAULT 0 CONSTRAINT prescription_versions_refills CHECK (refills BETWEEN 0 AND 999),
    ADD COLUMN refill_interval_days integer NOT NULL DEFAULT 0
        CONSTRAINT prescription_versions_refill_interval CHECK (refill_interval_days BETWEEN 0 AND 366);
-- Until now nothing limited refills: what was ordered again was allowed to be.
UPDATE prescription_versions v SET refills = o.ordered - 1
  FROM (SELECT shop_id, prescription_id, version, count(*)::integer AS ordered FROM orders WHERE state <> 'cancelled'
         GROUP BY shop_id, prescription_id, version) o
 WHERE o.shop_id = v.shop_id AND o.prescription_id = v.prescription_id AND o.version = v.version AND o.ordered > 1;
ALTER TABLE prescription_versions ADD CONSTRAINT prescription_versions_facts_once
    UNIQUE (shop_id, prescription_id, version, packets, refills, refill_interval_days);

-- What `wanted` of the `packets` packets that are left hold of a weight: packets differ by at most a milligram, the heavier ones go
-- first (dosing_packets of clinic/dosing.h). So whatever parts are taken, all of them together are the weight, to the milligram.
CREATE FUNCTION packets_share(weight bigint, packets bigint, wanted bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN weight / packets * wanted + least(weight % packets, wanted);

-- One go at what a version prescribes: 0 the first, 1 the first refill. packets_ordered counts the packets of its orders that were
-- not cancelled, rejected or wasted; the rest is owed to the patient, unless it was ended as not wanted. A refill is due
-- interval_days after the supply before it was opened; earlier only with a pharmacist's reason.
CREATE TABLE supplies (
    shop_id bigint NOT NULL,
    prescription_id bigint NOT NULL,
    version integer NOT NULL,
    supply_no integer NOT NULL CHECK (supply_no >= 0),
    packets integer NOT NULL,
    refills integer NOT NULL,
    interval_days integer NOT NULL,
    packets_ordered integer NOT NULL CONSTRAINT supplies_packets_ordered CHECK (packets_ordered BETWEEN 0 AND packets),
    opened_on date NOT NULL,
    previous_no integer GENERATED ALWAYS AS (CASE WHEN supply_no > 0 THEN supply_no - 1 END) STORED,
    previous_opened_on date,
    early_use text GENERATED ALWAYS AS ('early_refill') STORED,
    early_reason text,
    early_note text NOT NULL DEFAULT '' CONSTRAINT supplies_early_note CHECK (length(early_note) <= 500),
    early_by bigint,
    ended_use text GENERATED ALWAYS AS ('not_wanted') STORED,
    ended_reason text,
    ended_note text NOT NULL DEFAULT '' CONSTRAINT supplies_ended_note CHECK (length(ended_note) <= 500),
    ended_by bigint,
    ended_at timestamptz,
    PRIMARY KEY (shop_id, prescription_id, version, supply_no),
    CONSTRAINT supplies_facts_once UNIQUE (shop_id, prescription_id, version, supply_no, opened_on),
    CONSTRAINT supplies_refills CHECK (supply_no <= refills),
    CONSTRAINT supplies_previous_known CHECK ((supply_no = 0) = (previous_opened_on IS NULL)),
    CONSTRAINT supplies_not_too_early
        CHECK (supply_no = 0 OR early_reason IS NOT NULL OR opened_on >= previous_opened_on + interval_days),
    CONSTRAINT supplies_early_by_somebody CHECK ((early_reason IS NULL) = (early_by IS NULL)),
    CONSTRAINT supplies_ended_by_somebody CHECK ((ended_reason IS NULL) = (ended_by IS NULL)
                                                 AND (ended_reason IS NULL) = (ended_at IS NULL)),
    CONSTRAINT supplies_version FOREIGN KEY (shop_id, prescription_id, version, packets, refills, interval_days)
        REFERENCES prescription_versions (shop_id, prescription_id, version, packets, refills, refill_interval_days),
    CONSTRAINT supplies_signed FOREIGN KEY (shop_id, prescription_id, version) REFERENCES signatures,
    CONSTRAINT supplies_previous FOREIGN KEY (shop_id, prescription_id, version, previous_no, previous_opened_on)
        REFERENCES supplies (shop_id, prescription_id, version, supply_no, opened_on),
    CONSTRAINT supplies_early_reason FOREIGN KEY (early_use, early_reason) REFERENCES order_reasons,
    CONSTRAINT supplies_early_by FOREIGN KEY (shop_id, early_by) REFERENCES users,
    CONSTRAINT supplies_ended_reason FOREIGN KEY (ended_use, ended_reason) REFERENCES order_reasons,
    CONSTRAINT supplies_ended_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
) WITH (fillfactor = 80);
CREATE INDEX supplies_owed ON supplies (shop_id, prescription_id) WHERE packets_ordered < packets AND ended_at IS NULL;

ALTER TABLE orders
    ADD COLUMN supply_no integer,
    ADD COLUMN packets integer,
    ADD COLUMN replaces_id bigint,
    ADD COLUMN stopped_state text;
UPDATE orders o SET packets = v.packets, supply_no = greatest(n.upto - 1, 0)
  FROM prescription_versions v, (SELECT shop_id, id, count(*) FILTER (WHERE state <> 'cancelled')
                                          OVER (PARTITION BY shop_id, prescription_id, version ORDER BY id)::integer AS upto
                                   FROM orders) n
 WHERE v.shop_id = o.shop_id AND v.prescription_id = o.prescription_id AND v.version = o.version
   AND n.shop_id = o.shop_id AND n.id = o.id;
INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, interval_days, packets_ordered, opened_on,
                      previous_opened_on)
SELECT t.shop_id, t.prescription_id, t.version, t.supply_no, v.packets, v.refills, v.refill_interval_days,
       CASE WHEN t.live THEN v.packets ELSE 0 END, t.opened_on,
       lag(t.opened_on) OVER (PARTITION BY t.shop_id, t.prescription_id, t.version ORDER BY t.supply_no)
  FROM (SELECT o.shop_id, o.prescription_id, o.version, o.supply_no, bool_or(o.state <> 'cancelled') AS live,
               min((o.created_at AT TIME ZONE s.time_zone)::date) AS opened_on
          FROM orders o JOIN shops s ON s.id = o.shop_id
         GROUP BY o.shop_id, o.prescription_id, o.version, o.supply_no) t
  JOIN prescription_versions v ON v.shop_id = t.shop_id AND v.prescription_id = t.prescription_id AND v.version = t.version;

-- A pharmacist declines an order before it was released.
CREATE TABLE order_rejections (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    use text GENERATED ALWAYS AS ('reject') STORED,
    reason text NOT NULL,
    note_needed boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT order_rejections_note_length CHECK (length(note) <= 500),
    rejected_by bigint NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT order_rejections_note CHECK (note <> '' OR NOT note_needed),
    CONSTRAINT order_rejections_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT order_rejections_reason FOREIGN KEY (use, reason, note_needed) REFERENCES order_reasons (use, code, note_needed),
    CONSTRAINT order_rejections_by FOREIGN KEY (shop_id, rejected_by) REFERENCES users
);

-- What was weighed for an order is lost: the order ends, its loss is booked, and it may begin anew as another order. after_check:
-- the stock had been booked out to the patient, and is booked from there.
CREATE TABLE order_wastes (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    use text GENERATED ALWAYS AS ('waste') STORED,
    reason text NOT NULL,
    note_needed boolean NOT NULL,
    note text NOT NULL DEFAULT '' CONSTRAINT order_wastes_note_length CHECK (length(note) <= 500),
    after_check boolean NOT NULL,
    checked_id bigint GENERATED ALWAYS AS (CASE WHEN after_check THEN order_id END) STORED,
    wasted_by bigint NOT NULL,
    wasted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id),
    CONSTRAINT order_wastes_note CHECK (note <> '' OR NOT note_needed),
    CONSTRAINT order_wastes_release FOREIGN KEY (shop_id, order_id) REFERENCES releases,
    CONSTRAINT order_wastes_checked FOREIGN KEY (shop_id, checked_id) REFERENCES final_checks,
    CONSTRAINT order_wastes_reason FOREIGN KEY (use, reason, note_needed) REFERENCES order_reasons (use, code, note_needed),
    CONSTRAINT order_wastes_by FOREIGN KEY (shop_id, wasted_by) REFERENCES users
);

DROP POLICY finished ON orders;
CREATE POLICY finished ON orders AS RESTRICTIVE FOR UPDATE
    USING (state NOT IN ('handed_over', 'cancelled', 'rejected', 'wasted')) WITH CHECK (true);
ALTER TABLE orders
    ALTER COLUMN supply_no SET NOT NULL,
    ALTER COLUMN packets SET NOT NULL,
    DROP CONSTRAINT orders_state_known,
    ADD CONSTRAINT orders_state_known CHECK (state IN ('entered', 'allocated', 'released', 'weighed', 'checked', 'handed_over',
                                                       'cancelled', 'rejected', 'wasted')),
    DROP CONSTRAINT orders_allocated,
    ADD CONSTRAINT orders_allocated CHECK (allocation_no IS NOT NULL OR state IN ('entered', 'cancelled', 'rejected')),
    ADD COLUMN rejected_id bigint GENERATED ALWAYS AS (CASE WHEN state = 'rejected' THEN id END) STORED,
    ADD COLUMN wasted_id bigint GENERATED ALWAYS AS (CASE WHEN state = 'wasted' THEN id END) STORED,
    ADD CONSTRAINT orders_packets CHECK (packets >= 1),
    ADD CONSTRAINT orders_stopped
        CHECK (stopped_state IS NULL OR state = stopped_state OR state IN ('cancelled', 'rejected', 'wasted')),
    ADD CONSTRAINT orders_facts_once UNIQUE (shop_id, id, packets),
    ADD CONSTRAINT orders_replaces_once UNIQUE (shop_id, replaces_id),
    ADD CONSTRAINT orders_supply FOREIGN KEY (shop_id, prescription_id, version, supply_no) REFERENCES supplies,
    ADD CONSTRAINT orders_replaces FOREIGN KEY (shop_id, replaces_id, prescription_id, version)
        REFERENCES orders (shop_id, id, prescription_id, version),
    ADD CONSTRAINT orders_replaces_wasted FOREIGN KEY (shop_id, replaces_id) REFERENCES order_wastes,
    ADD CONSTRAINT orders_rejected FOREIGN KEY (shop_id, rejected_id) REFERENCES order_rejections,
    ADD CONSTRAINT orders_wasted FOREIGN KEY (shop_id, wasted_id) REFERENCES order_wastes;
CREATE INDEX orders_stopped_now ON orders (shop_id, id) WHERE stopped_state IS NOT NULL;

-- What was checked, and so booked, can only be handed over or wasted.
DROP POLICY steps_done ON orders;
CREATE POLICY steps_done ON orders AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    (state <> 'weighed' OR NOT EXISTS (
        SELECT FROM reservations r
         WHERE r.shop_id = orders.shop_id AND r.order_id = orders.id AND r.allocation_no = orders.allocation_no
           AND NOT EXISTS (SELECT FROM weighings w
                            WHERE w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                              AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id)))
    AND (state IN ('checked', 'handed_over', 'wasted') OR NOT EXISTS (
        SELECT FROM final_checks f WHERE f.shop_id = orders.shop_id AND f.order_id = orders.id)));

CREATE INDEX ticket_lines_by_order ON ticket_lines (shop_id, order_id) WHERE order_id IS NOT NULL;

-- A stop: a hold with a coded reason, or a question to the prescriber. Ended by a row of its own; a question only after its answer,
-- unless whoever asked takes it back.
CREATE TABLE order_stops (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    stop_no integer NOT NULL CHECK (stop_no >= 1),
    previous_stop_no integer GENERATED ALWAYS AS (nullif(stop_no - 1, 0)) STORED,
    kind text NOT NULL CONSTRAINT order_stops_kind_known CHECK (kind IN ('hold', 'query')),
    state text NOT NULL, -- where the order stood
    use text GENERATED ALWAYS AS ('hold') STORED,
    reason text,         -- of a hold
    note text NOT NULL DEFAULT '' CONSTRAINT order_stops_note_length CHECK (length(note) <= 1000), -- of a query: the question
    placed_by bigint NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, stop_no),
    CONSTRAINT order_stops_facts_once UNIQUE (shop_id, order_id, stop_no, kind, placed_by),
    CONSTRAINT order_stops_says_why CHECK ((kind = 'hold') = (reason IS NOT NULL) AND (kind = 'hold' OR note <> '')),
    CONSTRAINT order_stops_order FOREIGN KEY (shop_id, order_id) REFERENCES orders,
    CONSTRAINT order_stops_previous FOREIGN KEY (shop_id, order_id, previous_stop_no) REFERENCES order_stops,
    CONSTRAINT order_stops_reason FOREIGN KEY (use, reason) REFERENCES order_reasons,
    CONSTRAINT order_stops_by FOREIGN KEY (shop_id, placed_by) REFERENCES users
);

-- The prescriber's answer: dispense as written, or what else. Somebody else than the one who asked, except in a shop of one person.
CREATE TABLE query_answers (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    stop_no integer NOT NULL,
    kind text NOT NULL DEFAULT 'query' CHECK (kind = 'query'),
    asked_by bigint NOT NULL,
    verdict text NOT NULL CONSTRAINT query_answers_verdict_known CHECK (verdict IN ('as_written', 'will_change', 'withdrawn')),
    answer text NOT NULL CONSTRAINT query_answers_length CHECK (length(answer) BETWEEN 1 AND 1000),
    answered_by bigint NOT NULL,
    single_person_mode_id bigint,
    answered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, stop_no),
    CONSTRAINT query_answers_two_people CHECK (answered_by <> asked_by OR single_person_mode_id IS NOT NULL),
    CONSTRAINT query_answers_query FOREIGN KEY (shop_id, order_id, stop_no, kind, asked_by)
        REFERENCES order_stops (shop_id, order_id, stop_no, kind, placed_by),
    CONSTRAINT query_answers_by FOREIGN KEY (shop_id, answered_by) REFERENCES users,
    CONSTRAINT query_answers_mode FOREIGN KEY (shop_id, single_person_mode_id) REFERENCES single_person_modes
);

CREATE TABLE order_stop_ends (
    shop_id bigint NOT NULL,
    order_id bigint NOT NULL,
    stop_no integer NOT NULL,
    kind text NOT NULL,
    placed_by bigint NOT NULL,
    taken_back boolean NOT NULL DEFAULT false,
    answered_stop_no integer GENERATED ALWAYS AS (CASE WHEN kind = 'query' AND NOT taken_back THEN stop_no END) STORED,
    note text NOT NULL DEFAULT '' CONSTRAINT order_stop_ends_note_length CHECK (length(note) <= 1000),
    ended_by bigint NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, order_id, stop_no),
    CONSTRAINT order_stop_ends_taken_back CHECK (NOT taken_back OR (kind = 'query' AND ended_by = placed_by)),
    CONSTRAINT order_stop_ends_says_why CHECK (note <> '' OR (kind = 'query' AND NOT taken_back)),
    CONSTRAINT order_stop_ends_stop FOREIGN KEY (shop_id, order_id, stop_no, kind, placed_by)
        REFERENCES order_stops (shop_id, order_id, stop_no, kind, placed_by),
    CONSTRAINT order_stop_ends_answered FOREIGN KEY (shop_id, order_id, answered_stop_no) REFERENCES query_answers,
    CONSTRAINT order_stop_ends_by FOREIGN KEY (shop_id, ended_by) REFERENCES users
);

-- Where a supply's counter and its orders disagree, and where the loss of a wasted order is not what was weighed for it: must show
-- nothing, ever (`yaofang verify`).
CREATE VIEW order_differences WITH (security_invoker = true) AS
SELECT s.shop_id, 'prescription ' || s.prescription_id || ' version ' || s.version || ' supply ' || s.supply_no AS subject,
       s.packets_ordered::text AS value, 'packets must be those of its orders: ' || coalesce(o.packets, 0) AS rule
  FROM supplies s
  LEFT JOIN (SELECT shop_id, prescription_id, version, supply_no, sum(packets) AS packets FROM orders
              WHERE state NOT IN ('cancelled', 'rejected', 'wasted') GROUP BY shop_id, prescription_id, version, supply_no) o
    ON o.shop_id = s.shop_id AND o.prescription_id = s.prescription_id AND o.version = s.version AND o.supply_no = s.supply_no
 WHERE s.packets_ordered <> coalesce(o.packets, 0)
UNION ALL
SELECT w.shop_id, 'order ' || w.order_id || ' lot ' || l.lot_id, coalesce(m.lost, 0)::text,
       'must have been lost as weighed: ' || l.weighed
  FROM order_wastes w
  JOIN orders o ON o.shop_id = w.shop_id AND o.id = w.order_id
  JOIN (SELECT shop_id, order_id, allocation_no, lot_id, sum(weighed) AS weighed FROM weighings
         GROUP BY shop_id, order_id, allocation_no, lot_id) l
    ON l.shop_id = o.shop_id AND l.order_id = o.id AND l.allocation_no = o.allocation_no
  LEFT JOIN LATERAL (SELECT sum(quantity) AS lost FROM stock_moves m WHERE m.shop_id = w.shop_id AND m.order_id = w.order_id
                        AND m.lot_id = l.lot_id AND m.reason = 'lost') m ON true
 WHERE coalesce(m.lost, 0) <> l.weighed;

-- What has ended is not watched for, nor is anything kept aside for it.
CREATE OR REPLACE VIEW courses WITH (security_invoker = true) AS
SELECT g.shop_id, p.patient_id, g.prescription_id, g.version, h.handed_over_at IS NOT NULL AS handed_over, h.order_id,
       (coalesce(h.handed_over_at, g.signed_at) AT TIME ZONE s.time_zone)::date AS first_on,
       (coalesce(h.handed_over_at, g.signed_at) AT TIME ZONE s.time_zone)::date + v.days - 1 AS last_on,
       (now() AT TIME ZONE s.time_zone)::date AS today
  FROM prescriptions p
  JOIN signatures g ON g.shop_id = p.shop_id AND g.prescription_id = p.id
  JOIN prescription_versions v ON v.shop_id = g.shop_id AND v.prescription_id = g.prescription_id AND v.version = g.version
  JOIN shops s ON s.id = p.shop_id
  LEFT JOIN LATERAL (SELECT max(h.handed_over_at) AS handed_over_at,
                            max(o.id) FILTER (WHERE o.state NOT IN ('handed_over', 'cancelled', 'rejected', 'wasted')) AS order_id
                       FROM orders o LEFT JOIN handovers h ON h.shop_id = o.shop_id AND h.order_id = o.id
                      WHERE o.shop_id = g.shop_id AND o.prescription_id = g.prescription_id AND o.version = g.version) h ON true
 WHERE h.handed_over_at IS NOT NULL
    OR NOT EXISTS (SELECT FROM signatures n WHERE n.shop_id = g.shop_id AND n.prescription_id = g.prescription_id
                                              AND n.version > g.version);
CREATE OR REPLACE VIEW reservation_differences WITH (security_invoker = true) AS
SELECT b.shop_id, b.lot_id, b.location_id, 0::bigint AS order_id, b.quantity AS there, r.quantity AS reserved,
       'more is reserved than lies there' AS what
  FROM (SELECT shop_id, lot_id, location_id, sum(quantity)::bigint AS quantity FROM reservations
         WHERE ended_at IS NULL AND expires_at > now() GROUP BY shop_id, lot_id, location_id) r
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
 WHERE r.quantity > b.quantity
UNION ALL
SELECT r.shop_id, r.lot_id, r.location_id, o.id, 0, r.quantity, 'is reserved for an order that has ended'
  FROM reservations r
  JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
 WHERE r.ended_at IS NULL AND o.state IN ('checked', 'handed_over', 'cancelled', 'rejected', 'wasted');

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['supplies', 'order_rejections', 'order_wastes', 'order_stops', 'query_answers',
                                 'order_stop_ends'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %I USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())', owned);
        EXECUTE format('GRANT SELECT ON %I TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
GRANT SELECT ON order_reasons, order_differences TO yaofang_app, yaofang_read;
GRANT INSERT ON order_rejections, order_wastes, order_stops, query_answers, order_stop_ends TO yaofang_app;
GRANT INSERT, UPDATE (packets_ordered, opened_on, ended_reason, ended_note, ended_by, ended_at) ON supplies TO yaofang_app;
GRANT UPDATE (stopped_state) ON orders TO yaofang_app;

-- A refill is opened when nothing of the supply before it is owed any more; what ended as not wanted is not taken up again.
CREATE POLICY in_turn ON supplies AS RESTRICTIVE FOR INSERT WITH CHECK (supply_no = 0 OR EXISTS (
    SELECT FROM supplies p WHERE p.shop_id = supplies.shop_id AND p.prescription_id = supplies.prescription_id
       AND p.version = supplies.version AND p.supply_no = supplies.supply_no - 1
       AND (p.packets_ordered = p.packets OR p.ended_at IS NOT NULL)));
CREATE POLICY early_by_role ON supplies AS RESTRICTIVE FOR INSERT
    WITH CHECK (early_by IS NULL OR holds_role(shop_id, early_by, '{pharmacist}'));
CREATE POLICY whole ON orders AS RESTRICTIVE FOR INSERT WITH CHECK (state = 'entered' AND stopped_state IS NULL);

-- A stop is only added to an order that says so, and an order says so while a stop has no end.
CREATE POLICY stop_ended ON orders AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    stopped_state IS NOT NULL OR NOT EXISTS (
        SELECT FROM order_stops p WHERE p.shop_id = orders.shop_id AND p.order_id = orders.id
           AND NOT EXISTS (SELECT FROM order_stop_ends e WHERE e.shop_id = p.shop_id AND e.order_id = p.order_id
                                                           AND e.stop_no = p.stop_no)));
CREATE POLICY where_it_belongs ON order_stops AS RESTRICTIVE FOR INSERT WITH CHECK (
    EXISTS (SELECT FROM orders o WHERE o.shop_id = order_stops.shop_id AND o.id = order_stops.order_id
               AND o.stopped_state = order_stops.state
               AND o.state IN ('entered', 'allocated', 'released', 'weighed', 'checked')));
CREATE POLICY by_role ON order_stops AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, placed_by, CASE kind WHEN 'query' THEN '{pharmacist}' ELSE '{pharmacist,staff,practitioner}' END::text[]));
CREATE POLICY by_prescriber ON query_answers AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, answered_by, '{practitioner}')
    OR EXISTS (SELECT FROM orders o JOIN signatures g ON g.shop_id = o.shop_id AND g.prescription_id = o.prescription_id
                                                     AND g.version = o.version
                WHERE o.shop_id = query_answers.shop_id AND o.id = query_answers.order_id AND g.signed_by = answered_by));
CREATE POLICY one_person ON query_answers AS RESTRICTIVE FOR INSERT WITH CHECK (
    single_person_mode_id IS NULL
    OR second_look_due(shop_id, single_person_mode_id, (SELECT p.placed_at FROM order_stops p
        WHERE p.shop_id = query_answers.shop_id AND p.order_id = query_answers.order_id AND p.stop_no = query_answers.stop_no)));
CREATE POLICY by_role ON order_stop_ends AS RESTRICTIVE FOR INSERT
    WITH CHECK (holds_role(shop_id, ended_by, CASE kind WHEN 'query' THEN '{pharmacist}' ELSE '{pharmacist,staff,practitioner}' END::text[]));
CREATE POLICY where_it_belongs ON order_rejections AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, rejected_by, '{pharmacist}')
    AND EXISTS (SELECT FROM orders o WHERE o.shop_id = order_rejections.shop_id AND o.id = order_rejections.order_id
                   AND o.state IN ('entered', 'allocated')));
CREATE POLICY where_it_belongs ON order_wastes AS RESTRICTIVE FOR INSERT WITH CHECK (
    holds_role(shop_id, wasted_by, '{pharmacist}')
    AND EXISTS (SELECT FROM orders o WHERE o.shop_id = order_wastes.shop_id AND o.id = order_wastes.order_id
                   AND o.state IN ('released', 'weighed', 'checked') AND (o.state = 'checked') = order_wastes.after_check));

-- While an order is stopped nothing is added to its way.
DO $$
DECLARE
    step text;
BEGIN
    FOREACH step IN ARRAY ARRAY['allocations', 'reservations', 'releases', 'order_fillers', 'weighings', 'final_checks',
                                'handovers'] LOOP
        EXECUTE format('CREATE POLICY not_stopped ON %1$I AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (SELECT FROM orders o '
                       'WHERE o.shop_id = %1$I.shop_id AND o.id = %1$I.order_id AND o.stopped_state IS NULL))', step);
    END LOOP;
END
$$;
