-- A workstation is called what people call it, in any script and with spaces: "配药台" and "front desk" were refused. Slash, colon and
-- comma stay out, because lists of workstations are written with them.
SET LOCAL ROLE yaofang_owner;

ALTER TABLE station_printers DROP CONSTRAINT station_printers_station_form;
ALTER TABLE station_printers ADD CONSTRAINT station_printers_station_form
    CHECK (station ~ '^[^[:cntrl:]/:,]{1,40}$' AND station = btrim(station));
