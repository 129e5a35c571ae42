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
      "Queue papers as one job for a printer or for what the workstation uses: labels and sheets of orders, "
      "labels of lots, drawers or a delivery's lines, receipts, count sheets, test pages. All of them or "
      "none; a "
      "copy that no printer took is printed again under its number",
      "print_job_new", "print_job")
CALL(POST, "/api/v1/print-jobs/:id/sending", post_print_job_sending, SLOW,
     ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
     "Send a queued or failed job to its printer and wait for what becomes of it; one that was sent is not "
     "sent "
     "again",
     NULL, "print_job")

READ_ROW("/api/v1/bench-settings", &q_bench_settings_show, "shop", ROLE_ANY,
         "What the shop wants at its bench", "bench_settings")
WRITE(PUT, "/api/v1/bench-settings", put_bench_settings, FAST, ROLE_ADMIN,
      "Set what the bench wants from the next allocation on; what is not named stays", "bench_settings_set",
      "bench_settings")
READ_ROWS("/api/v1/orders/:id/picking", &q_order_picking, "shop :id", ROLE_PHARMACIST | ROLE_STAFF,
          "The order's lots drawer by drawer, who looked at them, and what was weighed", "picking")
WRITE(POST, "/api/v1/orders/:id/pick", post_pick, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "The order's lots were fetched from their drawers", NULL, "picking_rows")
WRITE(POST, "/api/v1/orders/:id/identity-checks", post_identity_checks, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Look whether picked lots are the right ones, by their labels; another lot is refused, naming both",
      "identity_checks_new", "picking_rows")
WRITE(POST, "/api/v1/orders/:id/shortfalls", post_shortfall, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "A lot ran out at the bench: the rest of its line is reserved from other lots", "shortfall_new",
      "picking_rows")
READ_ROWS("/api/v1/orders/:id/packet-checks", &q_packet_check_list, "shop :id", ROLE_PHARMACIST | ROLE_STAFF,
          "The order's packets that were weighed again", "packet_check")
WRITE(
    POST, "/api/v1/orders/:id/packet-checks", post_packet_checks, FAST, ROLE_PHARMACIST | ROLE_STAFF,
    "Packets of a weighed order weighed again (0 is all of it); the final check is refused while one is off",
    "packet_checks_new", "picking_rows")
READ_ROWS("/api/v1/spoon-measures", &q_spoon_list, "shop ?id.int ?lot.int ?order.int",
          ROLE_PHARMACIST | ROLE_STAFF, "What level spoons hold, newest first", "spoon_measure")
WRITE(POST, "/api/v1/spoon-measures", post_spoon_measure, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "So many level spoons of a lot, or of an order's mixture, weighed so much; compared with the measure "
      "before",
      "spoon_measure_new", "spoon_measure")
