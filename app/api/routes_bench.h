/* The bench's part of routes.h, included there: scales, printers, picking, identity, packets, spoons. */

READ_ROWS("/api/v1/scales", &q_scale_list, "shop ?code", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "The weighing scales of the bench", "scale")
READ_ROW("/api/v1/scales/:code", &q_scale_list, "shop :code.text", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
         "A scale", "scale")
WRITE(POST, "/api/v1/scales", post_scale, FAST, ROLE_ADMIN,
      "Enter a scale: where it is, its protocol, what it weighs and in which steps", "scale_new",
      "scale_made")
WRITE(POST, "/api/v1/scales/:code/removal", post_scale_removal, FAST, ROLE_ADMIN,
      "The scale is not used any more", NULL, NULL)
CALL(GET, "/api/v1/scales/:code/reading", get_scale_reading, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "What lies on the scale, once it is stable", NULL, "scale_reading")
WRITE(POST, "/api/v1/scales/:code/readings", post_scale_reading, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
      "Take a stable weight and keep it: a weighing may then name it", NULL, "scale_reading")

READ_ROWS("/api/v1/printers", &q_printer_list, "shop ?code", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "The printers, the workstations that print on them, and what became of their last job", "printer")
READ_ROW("/api/v1/printers/:code", &q_printer_list, "shop :code.text",
         ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "A printer", "printer")
WRITE(POST, "/api/v1/printers", post_printer, FAST, ROLE_ADMIN,
      "Enter a printer: where it is, what it is sent, what lies in it", "printer_new", "scale_made")
WRITE(POST, "/api/v1/printers/:code/removal", post_printer_removal, FAST, ROLE_ADMIN,
      "The printer is not used any more", NULL, NULL)
READ_ROWS("/api/v1/station-printers", &q_station_printer_list, "shop ?station",
          ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "Which printer each workstation uses for what",
          "station_printer")
WRITE(PUT, "/api/v1/station-printers/:station", put_station_printer, FAST,
      ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
      "The workstation prints that kind of paper there from now on; without a kind: everything else",
      "station_printer_set", "station_printer_rows")
READ_ROWS("/api/v1/print-jobs", &q_print_job_list, "shop ?id.int ?order.int ?state ?limit.int",
          ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "Print jobs and what became of them, newest first",
          "print_job")
READ_ROW("/api/v1/print-jobs/:id", &q_print_job_list, "shop :id ?order.int ?state ?limit.int",
         ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "A print job", "print_job")
WRITE(POST, "/api/v1/print-jobs", post_print_job, SLOW, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
      "Queue a copy of an order's label, or a test page, for a printer or for what the workstation uses; a "
      "copy "
      "that no printer took is printed again under its number",
      "print_job_new", "print_job")
CALL(POST, "/api/v1/print-jobs/:id/sending", post_print_job_sending, SLOW,
     ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
     "Send a queued or failed job to its printer and wait for what becomes of it; one that was sent is not "
     "sent "
     "again",
     NULL, "print_job")
