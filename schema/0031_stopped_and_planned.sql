-- Effects outlast the last dose, and some herbs must be stopped before an operation: when a medicine that is not taken any more was
-- last taken, and which operations are planned.
SET LOCAL ROLE yaofang_owner;

-- NULL: the day it was recorded as stopped.
ALTER TABLE patient_medicines ADD COLUMN last_taken_on date,
    ADD CONSTRAINT patient_medicines_last_taken CHECK (last_taken_on IS NULL OR stopped_at IS NOT NULL);
CREATE INDEX patient_medicines_stopped ON patient_medicines (shop_id, patient_id, stopped_at) WHERE stopped_at IS NOT NULL;
GRANT UPDATE (last_taken_on) ON patient_medicines TO yaofang_app;

CREATE TABLE patient_operations (
    shop_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    patient_id bigint NOT NULL,
    typed text NOT NULL CONSTRAINT patient_operations_typed_length CHECK (length(typed) BETWEEN 1 AND 200),
    planned_on date NOT NULL CONSTRAINT patient_operations_planned_range CHECK (planned_on BETWEEN '2000-01-01' AND '2199-12-31'),
    note text,
    noted_by bigint,
    noted_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz, -- called off, or entered by mistake; one whose day is past counts no more by itself
    PRIMARY KEY (shop_id, id),
    CONSTRAINT patient_operations_patient FOREIGN KEY (shop_id, patient_id) REFERENCES patients,
    CONSTRAINT patient_operations_noted_by FOREIGN KEY (shop_id, noted_by) REFERENCES users
);
CREATE INDEX patient_operations_current ON patient_operations (shop_id, patient_id) WHERE ended_at IS NULL;
ALTER TABLE patient_operations ENABLE ROW LEVEL SECURITY;
CREATE POLICY same_shop ON patient_operations USING (shop_id = current_shop()) WITH CHECK (shop_id = current_shop());
GRANT SELECT ON patient_operations TO yaofang_app, yaofang_read;
GRANT INSERT, UPDATE (ended_at) ON patient_operations TO yaofang_app;
