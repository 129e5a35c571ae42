-- The second wall between shops, and what the service may do. Nothing is granted that a statement of app/sql does not need:
-- ledger, findings, answers, weighings and the other steps can only be added and read; nothing can be deleted.
SET LOCAL ROLE yaofang_owner;

DO $$
DECLARE
    owned regclass;
BEGIN
    FOR owned IN SELECT a.attrelid::regclass FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
                  WHERE a.attname = 'shop_id' AND t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
    END LOOP;
END
$$;
ALTER TABLE shops ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON shops USING (id = current_shop()) WITH CHECK (id = current_shop());

-- A finished order cannot be changed (PRODUCT law 7): to an update by the service its row is not there. Steps cannot be
-- added to it either.
CREATE POLICY finished ON orders AS RESTRICTIVE FOR UPDATE
    USING (state NOT IN ('handed_over', 'cancelled')) WITH CHECK (true);
CREATE POLICY before_check ON weighings AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM final_checks f WHERE f.shop_id = weighings.shop_id AND f.order_id = weighings.order_id));
CREATE POLICY before_check ON allocations AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM final_checks f WHERE f.shop_id = allocations.shop_id AND f.order_id = allocations.order_id));

DO $$
DECLARE
    readable regclass;
BEGIN
    FOR readable IN SELECT oid::regclass FROM pg_class
                     WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace
                       AND relowner = 'yaofang_owner'::regrole LOOP
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', readable);
    END LOOP;
END
$$;
REVOKE SELECT ON users, sessions, api_tokens, idempotency_keys FROM yaofang_read;
GRANT SELECT (shop_id, id, username, display_name, name_hanzi, registration, disabled_at) ON users TO yaofang_read;

-- Added and read only.
GRANT INSERT ON user_roles, single_person_modes,
                prescriptions, prescription_versions, prescription_formulas, prescription_items,
                screenings, findings, answers, acknowledgements, signatures,
                receipts, lot_events, order_lines, order_events, allocations, allocation_passed_over, releases,
                order_fillers, weighings, final_checks, handovers, printed_labels, shop_rules, shop_rule_approvals, audit
    TO yaofang_app;
-- Added, and changed in the columns named.
GRANT INSERT, UPDATE (display_name, name_hanzi, registration, phone, password_hash, disabled_at) ON users TO yaofang_app;
GRANT DELETE ON user_roles TO yaofang_app; -- taking a role away; who did so is in the audit
GRANT INSERT, UPDATE (seen_at, expires_at, ended_at) ON sessions TO yaofang_app;
GRANT INSERT, UPDATE (revoked_at) ON api_tokens TO yaofang_app;
GRANT UPDATE (switched_off_at) ON single_person_modes TO yaofang_app;
GRANT INSERT, UPDATE (family_name, given_name, name_hanzi, sex, born_on, weight_mg, occupation, phone, language, patterns,
                      complaint, medicines_asked_at, profile_version) ON patients TO yaofang_app;
GRANT INSERT, UPDATE (stopped_at) ON patient_medicines TO yaofang_app;
GRANT INSERT, UPDATE (ended_at) ON patient_conditions, patient_allergies TO yaofang_app;
GRANT INSERT, UPDATE (name, name_hanzi, phone, email, city, supplies, lead_time_days, certificate_note) ON suppliers TO yaofang_app;
GRANT INSERT, UPDATE (name, restricted) ON locations TO yaofang_app;
GRANT INSERT, UPDATE (name, name_hanzi, preparation, price_cents, price_per_quantity, tax_category, home_location_id,
                      reorder_quantity, gtin, flags) ON items TO yaofang_app;
GRANT INSERT, UPDATE (status, status_reason) ON lots TO yaofang_app;
GRANT INSERT, UPDATE (state, payment, allocation_no, course_ends_on) ON orders TO yaofang_app;
GRANT INSERT, UPDATE (ended_at, expires_at) ON reservations TO yaofang_app;
GRANT INSERT, UPDATE (status, answer) ON idempotency_keys TO yaofang_app;
-- What looks across shops or acts as the owner is for the service alone.
REVOKE ALL ON FUNCTION account_find, session_find, api_token_find, shop_list FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_find, session_find, api_token_find, shop_list, stock_book, audit_seal TO yaofang_app;
