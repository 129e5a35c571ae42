-- The printers of a shop, which of them a workstation prints what on, and what was sent where. Where a printer is, an administrator
-- says, once: whoever prints names its code. A job and what became of it are only ever added; a job that the printer did not take
-- keeps its copy's number and can be sent again, so a hang-up costs no copy and changes no order.
SET LOCAL ROLE yaofang_owner;

CREATE TABLE printers (
    shop_id bigint NOT NULL REFERENCES shops,
    id bigint GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL CONSTRAINT printers_code_form CHECK (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    name text NOT NULL DEFAULT '' CONSTRAINT printers_name_length CHECK (length(name) <= 120),
    uri text NOT NULL CONSTRAINT printers_uri_form
        CHECK (uri ~ '^(serial:///dev/|tcp://|ipp://|ipps://)' AND length(uri) <= 300),
    format text NOT NULL CONSTRAINT printers_format_known CHECK (format IN ('pdf', 'zpl', 'escpos')),
    dpi integer NOT NULL DEFAULT 203 CONSTRAINT printers_dpi CHECK (dpi BETWEEN 72 AND 600),
    -- What lies in it, in micrometres; no width: whatever is printed. No height: a roll without gaps.
    media_width_um integer CONSTRAINT printers_media_width CHECK (media_width_um BETWEEN 10000 AND 500000),
    media_height_um integer CONSTRAINT printers_media_height CHECK (media_height_um BETWEEN 5000 AND 1000000),
    added_by bigint,
    added_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    PRIMARY KEY (shop_id, id),
    CONSTRAINT printers_media CHECK (media_width_um IS NOT NULL OR media_height_um IS NULL),
    CONSTRAINT printers_added_by FOREIGN KEY (shop_id, added_by) REFERENCES users
);
CREATE UNIQUE INDEX printers_code_unique ON printers (shop_id, code) WHERE removed_at IS NULL;

-- Which printer a workstation uses for a kind of paper; kind '' stands for every kind without a row of its own.
CREATE TABLE station_printers (
    shop_id bigint NOT NULL,
    station text NOT NULL CONSTRAINT station_printers_station_form CHECK (station ~ '^[A-Za-z0-9._-]{1,40}$'),
    kind text NOT NULL CONSTRAINT station_printers_kind_form CHECK (kind ~ '^[a-z0-9_-]{0,60}$'),
    printer_id bigint NOT NULL,
    set_by bigint,
    set_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, station, kind),
    CONSTRAINT station_printers_printer FOREIGN KEY (shop_id, printer_id) REFERENCES printers,
    CONSTRAINT station_printers_set_by FOREIGN KEY (shop_id, set_by) REFERENCES users
);

CREATE TABLE print_jobs (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    printer_id bigint NOT NULL,
    kind text NOT NULL CONSTRAINT print_jobs_kind_form CHECK (kind ~ '^[a-z0-9_-]{1,60}$'),
    title text NOT NULL CONSTRAINT print_jobs_title_length CHECK (length(title) BETWEEN 1 AND 200),
    order_id bigint,
    copy_no integer, -- of an order's label: which counted copy it is
    station text NOT NULL DEFAULT '',
    size integer NOT NULL CONSTRAINT print_jobs_size CHECK (size BETWEEN 1 AND 16777216),
    sha256 text NOT NULL CONSTRAINT print_jobs_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    made_by bigint,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop_id, id),
    CONSTRAINT print_jobs_order_copy CHECK ((order_id IS NULL) = (copy_no IS NULL)),
    CONSTRAINT print_jobs_printer FOREIGN KEY (shop_id, printer_id) REFERENCES printers,
    CONSTRAINT print_jobs_copy FOREIGN KEY (shop_id, order_id, kind, copy_no) REFERENCES printed_labels,
    CONSTRAINT print_jobs_made_by FOREIGN KEY (shop_id, made_by) REFERENCES users
);
CREATE INDEX print_jobs_by_order ON print_jobs (shop_id, order_id, kind) WHERE order_id IS NOT NULL;

-- What became of a job, step by step. The next step's number is taken once: of two that would send, one does.
CREATE TABLE print_job_steps (
    shop_id bigint NOT NULL,
    job_id bigint NOT NULL,
    step_no integer NOT NULL CONSTRAINT print_job_steps_number CHECK (step_no BETWEEN 1 AND 1000),
    state text NOT NULL CONSTRAINT print_job_steps_state_known
        CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')),
    reason text NOT NULL DEFAULT '' CONSTRAINT print_job_steps_reason_length CHECK (length(reason) <= 500),
    taken integer NOT NULL DEFAULT 0 CONSTRAINT print_job_steps_taken CHECK (taken >= 0), -- bytes the printer took
    user_id bigint,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (shop_id, job_id, step_no),
    CONSTRAINT print_job_steps_first CHECK ((step_no = 1) = (state = 'queued')),
    CONSTRAINT print_job_steps_told CHECK (state NOT IN ('failed', 'cancelled') OR reason <> ''),
    CONSTRAINT print_job_steps_job FOREIGN KEY (shop_id, job_id) REFERENCES print_jobs,
    CONSTRAINT print_job_steps_user FOREIGN KEY (shop_id, user_id) REFERENCES users
);

-- What is to be sent: the exact bytes, so that what is sent again is what was drawn. NULL once it was sent, or never will be.
CREATE TABLE print_spool (
    shop_id bigint NOT NULL,
    job_id bigint NOT NULL,
    bytes bytea CONSTRAINT print_spool_size CHECK (octet_length(bytes) BETWEEN 1 AND 16777216),
    PRIMARY KEY (shop_id, job_id),
    CONSTRAINT print_spool_job FOREIGN KEY (shop_id, job_id) REFERENCES print_jobs
);

DO $$
DECLARE
    owned regclass;
BEGIN
    FOREACH owned IN ARRAY ARRAY['printers', 'station_printers', 'print_jobs', 'print_job_steps', 'print_spool']::regclass[] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY same_shop ON %s USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop())',
                       owned);
        EXECUTE format('GRANT SELECT ON %s TO yaofang_app, yaofang_read', owned);
    END LOOP;
END
$$;
REVOKE SELECT ON print_spool FROM yaofang_read; -- it holds names of patients
GRANT INSERT, UPDATE (removed_at) ON printers TO yaofang_app;
GRANT INSERT, UPDATE (printer_id, set_by, set_at) ON station_printers TO yaofang_app;
GRANT INSERT (shop_id, printer_id, kind, title, order_id, copy_no, station, size, sha256, made_by) ON print_jobs TO yaofang_app;
GRANT INSERT (shop_id, job_id, step_no, state, reason, taken, user_id) ON print_job_steps TO yaofang_app;
GRANT INSERT, UPDATE (bytes) ON print_spool TO yaofang_app;
CREATE POLICY only_forgotten ON print_spool AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (bytes IS NULL);

-- A step follows the one before it, and what was sent or cancelled has no next one.
CREATE POLICY in_order ON print_job_steps AS RESTRICTIVE FOR INSERT WITH CHECK (
    step_no = 1 OR EXISTS (
        SELECT FROM print_job_steps p
         WHERE p.shop_id = print_job_steps.shop_id AND p.job_id = print_job_steps.job_id
           AND p.step_no = print_job_steps.step_no - 1
           AND CASE print_job_steps.state WHEN 'sending' THEN p.state IN ('queued', 'failed')
                                          WHEN 'sent' THEN p.state = 'sending'
                                          WHEN 'failed' THEN p.state = 'sending'
                                          ELSE p.state IN ('queued', 'failed') END));
