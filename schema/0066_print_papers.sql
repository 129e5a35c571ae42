-- Print jobs for any paper, and of several papers: labels, sheets and records of an order, labels of lots and drawers, receipts, count
-- sheets and test pages go to a printer the same way. What is counted as a copy is of exactly one thing; a job holds papers, each on
-- its printer, with its own bytes and its own steps, so that one that hangs up in the middle is continued where it stopped.
SET LOCAL ROLE yaofang_owner;
DROP VIEW order_labels;

-- Counted copies: until now of orders only. `about` and `subject_id` say the same as the columns they come from, for what treats all
-- alike.
ALTER TABLE print_jobs DROP CONSTRAINT print_jobs_copy;
ALTER TABLE printed_labels DROP CONSTRAINT printed_labels_pkey;
ALTER TABLE printed_labels
    ALTER COLUMN order_id DROP NOT NULL,
    ADD COLUMN prescription_id bigint,
    ADD COLUMN lot_id bigint,
    ADD COLUMN location_id bigint,
    ADD COLUMN ticket_id bigint,
    ADD COLUMN count_id bigint,
    ADD COLUMN about text GENERATED ALWAYS AS (CASE WHEN order_id IS NOT NULL THEN 'order'
        WHEN prescription_id IS NOT NULL THEN 'prescription' WHEN lot_id IS NOT NULL THEN 'lot'
        WHEN location_id IS NOT NULL THEN 'drawer' WHEN ticket_id IS NOT NULL THEN 'ticket' ELSE 'count' END) STORED,
    ADD COLUMN subject_id bigint GENERATED ALWAYS AS (coalesce(order_id, prescription_id, lot_id, location_id, ticket_id,
        count_id)) STORED;
ALTER TABLE printed_labels
    ADD CONSTRAINT printed_labels_pkey PRIMARY KEY (shop_id, about, subject_id, kind, copy_no),
    ADD CONSTRAINT printed_labels_of_one CHECK (num_nonnulls(order_id, prescription_id, lot_id, location_id, ticket_id,
        count_id) = 1),
    ADD CONSTRAINT printed_labels_prescription FOREIGN KEY (shop_id, prescription_id) REFERENCES prescriptions,
    ADD CONSTRAINT printed_labels_lot FOREIGN KEY (shop_id, lot_id) REFERENCES lots,
    ADD CONSTRAINT printed_labels_location FOREIGN KEY (shop_id, location_id) REFERENCES locations,
    ADD CONSTRAINT printed_labels_ticket FOREIGN KEY (shop_id, ticket_id) REFERENCES tickets,
    ADD CONSTRAINT printed_labels_count FOREIGN KEY (shop_id, count_id) REFERENCES counts;
CREATE INDEX printed_labels_by_order ON printed_labels (shop_id, order_id, kind, copy_no) WHERE order_id IS NOT NULL;

CREATE TABLE print_papers (
    shop_id bigint NOT NULL,
    job_id bigint NOT NULL,
    paper_no integer NOT NULL CONSTRAINT print_papers_number CHECK (paper_no BETWEEN 1 AND 400),
    printer_id bigint NOT NULL,
    kind text NOT NULL CONSTRAINT print_papers_kind_form CHECK (kind ~ '^[a-z0-9_-]{1,60}$'),
    title text NOT NULL CONSTRAINT print_papers_title_length CHECK (length(title) BETWEEN 1 AND 200),
    about text, -- with subject_id and copy_no: which counted copy it is; a test page is none
    subject_id bigint,
    copy_no integer,
    pieces integer NOT NULL DEFAULT 1 CONSTRAINT print_papers_pieces CHECK (pieces BETWEEN 1 AND 99),
    size integer NOT NULL CONSTRAINT print_papers_size CHECK (size BETWEEN 1 AND 16777216),
    sha256 text NOT NULL CONSTRAINT print_papers_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (shop_id, job_id, paper_no),
    CONSTRAINT print_papers_counted CHECK (num_nonnulls(about, subject_id, copy_no) IN (0, 3)),
    CONSTRAINT print_papers_job FOREIGN KEY (shop_id, job_id) REFERENCES print_jobs,
    CONSTRAINT print_papers_printer FOREIGN KEY (shop_id, printer_id) REFERENCES printers,
    CONSTRAINT print_papers_copy FOREIGN KEY (shop_id, about, subject_id, kind, copy_no) REFERENCES printed_labels
);
INSERT INTO print_papers (shop_id, job_id, paper_no, printer_id, kind, title, about, subject_id, copy_no, size, sha256)
SELECT shop_id, id, 1, printer_id, kind, title, CASE WHEN order_id IS NOT NULL THEN 'order' END, order_id, copy_no, size, sha256
  FROM print_jobs;
CREATE INDEX print_papers_by_copy ON print_papers (shop_id, about, subject_id, kind, copy_no) WHERE about IS NOT NULL;
CREATE INDEX print_papers_by_printer ON print_papers (shop_id, printer_id, job_id);
ALTER TABLE print_jobs DROP COLUMN title, DROP COLUMN printer_id, DROP COLUMN kind, DROP COLUMN order_id, DROP COLUMN copy_no, DROP COLUMN size,
    DROP COLUMN sha256;

-- Steps and bytes are a paper's.
DROP POLICY in_order ON print_job_steps;
ALTER TABLE print_job_steps DROP CONSTRAINT print_job_steps_job, DROP CONSTRAINT print_job_steps_pkey,
    ADD COLUMN paper_no integer NOT NULL DEFAULT 1;
ALTER TABLE print_job_steps ALTER COLUMN paper_no DROP DEFAULT,
    ADD CONSTRAINT print_job_steps_pkey PRIMARY KEY (shop_id, job_id, paper_no, step_no),
    ADD CONSTRAINT print_job_steps_paper FOREIGN KEY (shop_id, job_id, paper_no) REFERENCES print_papers;
ALTER TABLE print_spool DROP CONSTRAINT print_spool_job, DROP CONSTRAINT print_spool_pkey,
    ADD COLUMN paper_no integer NOT NULL DEFAULT 1;
ALTER TABLE print_spool ALTER COLUMN paper_no DROP DEFAULT,
    ADD CONSTRAINT print_spool_pkey PRIMARY KEY (shop_id, job_id, paper_no),
    ADD CONSTRAINT print_spool_paper FOREIGN KEY (shop_id, job_id, paper_no) REFERENCES print_papers;

ALTER TABLE print_papers ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON print_papers USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON print_papers TO yaofang_app, yaofang_read;
GRANT INSERT ON print_papers TO yaofang_app;
GRANT INSERT (paper_no) ON print_job_steps TO yaofang_app;

-- A step follows the one before it, and what was sent or cancelled has no next one.
CREATE POLICY in_order ON print_job_steps AS RESTRICTIVE FOR INSERT WITH CHECK (
    step_no = 1 OR EXISTS (
        SELECT FROM print_job_steps p
         WHERE p.shop_id = print_job_steps.shop_id AND p.job_id = print_job_steps.job_id AND p.paper_no = print_job_steps.paper_no
           AND p.step_no = print_job_steps.step_no - 1
           AND CASE print_job_steps.state WHEN 'sending' THEN p.state IN ('queued', 'failed')
                                          WHEN 'sent' THEN p.state = 'sending'
                                          WHEN 'failed' THEN p.state = 'sending'
                                          ELSE p.state IN ('queued', 'failed') END));

-- Counted copies of prescriptions are among those of other papers.
INSERT INTO printed_labels (shop_id, prescription_id, kind, copy_no, content, printed_by, printed_at)
SELECT shop_id, prescription_id, kind, copy_no, content, printed_by, printed_at FROM printed_prescriptions;
DROP TABLE printed_prescriptions;

-- As schema/0065, of papers.
CREATE VIEW order_labels WITH (security_invoker = true) AS
SELECT p.shop_id, p.order_id, max(p.copy_no) AS copies, max(p.printed_at) FILTER (WHERE p.came_out) AS came_out_at
  FROM (SELECT n.shop_id, n.order_id, n.copy_no, n.printed_at,
               NOT EXISTS (SELECT FROM print_papers j
                            WHERE j.shop_id = n.shop_id AND j.about = n.about AND j.subject_id = n.subject_id AND j.kind = n.kind
                              AND j.copy_no = n.copy_no)
               OR EXISTS (SELECT FROM print_papers j
                            JOIN print_job_steps s ON s.shop_id = j.shop_id AND s.job_id = j.job_id AND s.paper_no = j.paper_no
                           WHERE j.shop_id = n.shop_id AND j.about = n.about AND j.subject_id = n.subject_id AND j.kind = n.kind
                             AND j.copy_no = n.copy_no AND s.state = 'sent') AS came_out
          FROM printed_labels n WHERE n.order_id IS NOT NULL AND n.kind LIKE 'patient%') p
 GROUP BY p.shop_id, p.order_id;
GRANT SELECT ON order_labels TO yaofang_app, yaofang_read;
