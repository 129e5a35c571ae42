/* The routes of stock: a part of routes.h, which says what a row is and is included several times. */
CALL(GET, "/api/v1/items", get_items, FAST, ROLE_ANY,
     "What the shop keeps, all or what may be meant by q (a name, a part of one, a SKU, a GTIN), with ?home= "
     "what "
     "belongs in a place: what lies there, what is free, what expires first. ?all=true: also what is out of "
     "use "
     "and gone",
     NULL, "items")
PARAMETERS(GET, "/api/v1/items", "?q ?limit.int ?home ?all.bool")
WRITE(POST, "/api/v1/items", post_item, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Add an item: a herb raw, as granules with their ratio or as powder, a product, or goods", "item_new",
      "item")
CALL(GET, "/api/v1/items/:id", get_item, FAST, ROLE_ANY, "An item", NULL, "item")
WRITE(PUT, "/api/v1/items/:id", put_item, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Replace what may change of an item; herb, unit and ratio stay", "item_update", "item")
WRITE(POST, "/api/v1/items/:id/retired", post_item_retired, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Take an item out of use, or back into it: it is not bought again, and not listed once nothing is left",
      "retired", "item")
READ_ROWS("/api/v1/supplies", &q_supply_list, "shop ?supplier.int ?item.int ?limit.int",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
          "What came from whom: the items of a supplier or the suppliers of an item, with the newest lot",
          "supply")
READ_ROWS("/api/v1/lots", &q_lot_list, "shop ?item.int ?limit.int ?code ?all.bool", ROLE_ANY,
          "Lots and where they lie, with why one may not be used", "lot")
READ_ROW("/api/v1/lots/:id", &q_lot_show, "shop :id",
         ROLE_ADMIN | ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
         "A lot: where it lies, what of it is set aside for which orders, its statuses, whence it came",
         "lot_shown")
READ_ROWS("/api/v1/lots/:id/moves", &q_lot_moves, "shop :id ?after.int ?limit.int ?newest.bool",
          ROLE_PHARMACIST | ROLE_STAFF,
          "The ledger of a lot, a thousand moves at a time: ?after= is the last id seen; ?newest=true begins "
          "at its end",
          "move")
WRITE(POST, "/api/v1/lots/:id/status", post_lot_status, FAST, ROLE_PHARMACIST,
      "Release, quarantine, hold or recall a lot", "lot_status", NULL)
READ_ROWS("/api/v1/locations", &q_location_list, "shop ?id.int ?all.bool ?belongs.bool", ROLE_ANY,
          "The shop's places; ?all=true: also those out of use; ?belongs=true: with the items of each",
          "location")
WRITE(POST, "/api/v1/locations", post_location, FAST, ROLE_ADMIN | ROLE_STAFF, "Add a place where goods lie",
      "location_new", "location")
READ_ROW("/api/v1/locations/:id", &q_location_list, "shop :id ?all.bool ?belongs.bool", ROLE_ANY, "A place",
         "location")
WRITE(PUT, "/api/v1/locations/:id", put_location, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Replace a place's name; code and kind stay", "location_update", "location")
WRITE(POST, "/api/v1/locations/:id/retired", post_location_retired, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Take a place out of use, once nothing lies or belongs there, or back into it", "retired", "location")
READ_ROWS("/api/v1/locations/:id/lots", &q_location_lots, "shop :id ?limit.int", ROLE_ANY,
          "What lies in a place, with why a lot may not be used", "lot")
READ_ROWS("/api/v1/pars", &q_par_list, "shop ?missing.bool", ROLE_ANY,
          "What places should hold of which item, and what they do; missing: only those that hold less",
          "par")
WRITE(PUT, "/api/v1/pars", put_par, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Say how much of an item a place should hold; 0: no more said of it", "par_set", NULL)
READ_ROWS("/api/v1/suppliers", &q_supplier_list, "shop ?id.int ?all.bool", ROLE_ANY,
          "The shop's suppliers; ?all=true: also those out of use", "supplier")
WRITE(POST, "/api/v1/suppliers", post_supplier, FAST, ROLE_ADMIN | ROLE_STAFF, "Add a supplier",
      "supplier_new", "supplier")
READ_ROW("/api/v1/suppliers/:id", &q_supplier_list, "shop :id ?all.bool", ROLE_ANY, "A supplier", "supplier")
WRITE(PUT, "/api/v1/suppliers/:id", put_supplier, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Replace what is known of a supplier; the code stays", "supplier_update", "supplier")
WRITE(POST, "/api/v1/suppliers/:id/retired", post_supplier_retired, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Take a supplier out of use, or back into it", "retired", "supplier")
WRITE(POST, "/api/v1/receipts", post_receipt, FAST, ROLE_PHARMACIST | ROLE_STAFF, "Receive a delivery",
      "receipt_new", "receipt")
CALL(POST, "/api/v1/receipts/check", post_receipt_check, FAST, ROLE_PHARMACIST | ROLE_STAFF,
     "Look at a delivery before it is booked: refused as it would be, else what one should know of it",
     "receipt_check", "receipt_warnings")
READ_ROWS("/api/v1/receipts", &q_receipt_list, "shop ?id.int ?supplier ?limit.int",
          ROLE_PHARMACIST | ROLE_STAFF, "Deliveries, newest first", "delivery")
READ_ROW("/api/v1/receipts/:id", &q_receipt_list, "shop :id ?supplier ?limit.int",
         ROLE_PHARMACIST | ROLE_STAFF, "A delivery with its lines", "delivery")
WRITE(POST, "/api/v1/receipts/:id/undo", post_receipt_undo, FAST, ROLE_PHARMACIST,
      "Take a delivery back, while all of it lies where it was put", "reason_given", "delivery")
READ_ROWS("/api/v1/purchase-orders", &q_purchase_list, "shop ?id.int ?state ?limit.int ?supplier",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "Purchase orders, newest first", "purchase")
READ_ROW("/api/v1/purchase-orders/:id", &q_purchase_list, "shop :id ?state ?limit.int ?supplier",
         ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "A purchase order, and what came of it", "purchase")
WRITE(POST, "/api/v1/purchase-orders", post_purchase, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
      "Draft a purchase order", "purchase_new", "purchase")
WRITE(POST, "/api/v1/purchase-orders/:id/lines", post_purchase_lines, FAST,
      ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "Set what is ordered of some items, while it is a draft",
      "purchase_lines", "purchase")
WRITE(POST, "/api/v1/purchase-orders/:id/state", post_purchase_state, FAST,
      ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "Send, close or cancel a purchase order", "purchase_state",
      "purchase")
WRITE(POST, "/api/v1/moves", post_moves, FAST, ROLE_PHARMACIST | ROLE_STAFF, "Move lots from place to place",
      "moves_new", NULL)
WRITE(POST, "/api/v1/lots/:id/repack", post_repack, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Make several lots of one, with the old one behind them", "repack", "repacked")
READ_ROWS("/api/v1/transfers", &q_transfer_list, "shop ?id.int ?open.bool ?limit.int",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "Goods to and from other shops, newest first",
          "transfer")
READ_ROWS("/api/v1/transfer-shops", &q_shop_others, "shop", ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
          "The other shops, to which goods may be sent", "shop_brief")
WRITE(POST, "/api/v1/transfers", post_transfer, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Send lots to another shop; they are on their way until it accepts them", "transfer_new", "transfer")
WRITE(POST, "/api/v1/transfers/:id/accept", post_transfer_accept, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Accept what another shop sent", "transfer_accept", "delivery")
WRITE(POST, "/api/v1/transfers/:id/take-back", post_transfer_take_back, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Take back what is still on its way", "transfer_take_back", "transfer")
WRITE(POST, "/api/v1/transfers/:id/lost", post_transfer_lost, FAST, ROLE_PHARMACIST,
      "Give up what is still on its way", "transfer_lost", "transfer")
READ_ROWS("/api/v1/stock-reasons", &q_stock_reasons, "", ROLE_ANY, "The reasons a correction may give",
          "stock_reason")
READ_ROWS("/api/v1/adjustments", &q_adjustment_list, "shop ?id.int ?state ?limit.int",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "Corrections of stock, newest first", "adjustment")
READ_ROW("/api/v1/adjustments/:id", &q_adjustment_list, "shop :id ?state ?limit.int",
         ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "A correction", "adjustment")
WRITE(POST, "/api/v1/adjustments", post_adjustment, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Adjust, write off, return to the supplier, take back; above the shop's limit another person decides",
      "adjustment_new", "adjustment")
WRITE(POST, "/api/v1/adjustments/:id/decision", post_adjustment_decision, FAST, ROLE_ADMIN | ROLE_PHARMACIST,
      "Say yes or no to a correction somebody else asked for", "decision", "adjustment")
READ_ROWS("/api/v1/counts", &q_count_list, "shop ?id.int", ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
          "Counts, newest first", "count")
READ_ROW("/api/v1/counts/:id", &q_count_list, "shop :id", ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
         "A count", "count")
WRITE(POST, "/api/v1/counts", post_count, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
      "Open a count of some places and items, or of everything", "count_new", "count")
READ_ROWS("/api/v1/counts/:id/lines", &q_count_lines, "shop :id ?left.bool ?limit.int",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
          "The sheet of a count; blind while it is open. left: what is still to count, or (false) what was "
          "counted, newest first",
          "count_line")
CALL(POST, "/api/v1/counts/:id/scans", post_count_scan, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
     "Which lines of a count a scanned or typed text means: a line's code, a lot, a pack, a place, an item "
     "by any name; lots and places that are not on the sheet come without a line",
     "scan_new", "count_meant")
CALL(GET, "/api/v1/counts/:id/sheet", get_count_sheet, SLOW, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
     "The sheet to count with: ?format=pdf on paper (?paper=a4 or letter), with a code on every line that a "
     "scanner "
     "enters; xlsx as a workbook to fill in",
     NULL, NULL)
PARAMETERS(GET, "/api/v1/counts/:id/sheet", "?format ?paper")
WRITE(POST, "/api/v1/counts/:id/lines", post_count_line, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
      "Put a lot on the sheet that lies where the books have none", "count_line_new", "count_line_made")
WRITE(POST, "/api/v1/counts/:id/entries", post_count_entries, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
      "Enter what was counted, the first time or again", "count_entries", "count")
READ_ROWS("/api/v1/counts/:id/differences", &q_count_differences, "shop :id", ROLE_ADMIN | ROLE_PHARMACIST,
          "What the books would change by, and what needs another person", "count_difference")
WRITE(POST, "/api/v1/counts/:id/approvals", post_count_approvals, FAST, ROLE_ADMIN | ROLE_PHARMACIST,
      "Accept what somebody else counted", "count_approvals", NULL)
WRITE(POST, "/api/v1/counts/:id/book", post_count_book, FAST, ROLE_ADMIN | ROLE_PHARMACIST,
      "Book the differences and end the count", NULL, "count")
WRITE(POST, "/api/v1/counts/:id/cancel", post_count_cancel, FAST, ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
      "End a count without booking", NULL, "count")
READ_ROW("/api/v1/lots/:id/trace", &q_lot_trace, "shop :id", ROLE_PHARMACIST | ROLE_STAFF,
         "A lot forward and back: what it was made of, whence it came, to whom it went", "lot_trace")
READ_ROW("/api/v1/orders/:id/trace", &q_order_trace, "shop :id", ROLE_PHARMACIST | ROLE_STAFF,
         "An order back to every lot, supplier and delivery", "order_trace")
READ_ROWS("/api/v1/recalls", &q_recall_list, "shop ?id.int", ROLE_PHARMACIST | ROLE_STAFF,
          "Recalls, newest first", "recall_brief")
WRITE(POST, "/api/v1/recalls", post_recall, FAST, ROLE_PHARMACIST,
      "Recall lots with everything made of them: barred at once, with the list of whom to call", "recall_new",
      "recall")
CALL(GET, "/api/v1/recalls/:id", get_recall, FAST, ROLE_PHARMACIST | ROLE_STAFF,
     "A recall: its lots, where all of them went, and the call list", NULL, "recall")
WRITE(POST, "/api/v1/recalls/:id/patients/:patient/calls", post_recall_call, FAST,
      ROLE_PHARMACIST | ROLE_STAFF, "A call to a patient and what came of it", "recall_call", "recall")
WRITE(POST, "/api/v1/recalls/:id/end", post_recall_end, FAST, ROLE_PHARMACIST,
      "End a recall; its lots stay barred", "reason_given", "recall")
READ_ROWS("/api/v1/batches", &q_batch_list, "shop ?id.int ?state ?limit.int", ROLE_PHARMACIST | ROLE_STAFF,
          "Batches made ahead, newest first", "batch")
READ_ROW("/api/v1/batches/:id", &q_batch_list, "shop :id ?state ?limit.int", ROLE_PHARMACIST | ROLE_STAFF,
         "A batch with its ingredients' lots", "batch")
WRITE(POST, "/api/v1/batches", post_batch, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Plan a batch from a formula or line by line", "batch_new", "batch")
WRITE(POST, "/api/v1/batches/:id/pick", post_batch_pick, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Pick its lots, earliest expiry first; short lines are named", NULL, "batch")
WRITE(POST, "/api/v1/batches/:id/making", post_batch_making, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "What came of it; the rest is booked to loss", "batch_making", "batch")
WRITE(POST, "/api/v1/batches/:id/check", post_batch_check, FAST, ROLE_PHARMACIST,
      "Check by another person: the batch becomes a lot", "batch_check", "batch")
WRITE(POST, "/api/v1/batches/:id/cancel", post_batch_cancel, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "End a batch; what was picked goes back", NULL, "batch")
CALL(POST, "/api/v1/scans", post_scan, FAST, ROLE_PHARMACIST | ROLE_STAFF,
     "What a scanned code means: item, lot, expiry, weight, as a line for receiving", "scan_new", "scan")

/* files */
READ_ROWS("/api/v1/attachments", &q_attachment_list,
          "shop ?id.int ?lot.int ?receipt.int ?purchase_order.int ?intake.int",
          ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF,
          "Files, newest first: of a lot, of a delivery, of a purchase order, or of all", "attachment")
READ_ROW("/api/v1/attachments/:id", &q_attachment_list,
         "shop :id ?lot.int ?receipt.int ?purchase_order.int ?intake.int",
         ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "What a file is, with its checksum", "attachment")
CALL(GET, "/api/v1/attachments/:id/content", get_attachment_content, SLOW,
     ROLE_ADMIN | ROLE_PHARMACIST | ROLE_STAFF, "The file as it arrived", NULL, NULL)
UPLOAD(POST, "/api/v1/lots/:id/attachments", post_lot_attachment, ROLE_PHARMACIST | ROLE_STAFF,
       "Attach a file to a lot (PDF, PNG, JPEG or text, up to 5 MiB): ?kind=certificate, invoice, photograph "
       "or other; with ?sha256= it is refused unless that is its checksum",
       "attachment")
PARAMETERS(POST, "/api/v1/lots/:id/attachments", "?file_name ?kind ?sha256")
UPLOAD(POST, "/api/v1/receipts/:id/attachments", post_receipt_attachment, ROLE_PHARMACIST | ROLE_STAFF,
       "Attach a file to a delivery, such as its invoice", "attachment")
PARAMETERS(POST, "/api/v1/receipts/:id/attachments", "?file_name ?kind ?sha256")
UPLOAD(POST, "/api/v1/purchase-orders/:id/attachments", post_purchase_attachment,
       ROLE_PHARMACIST | ROLE_STAFF, "Attach a file to a purchase order", "attachment")
PARAMETERS(POST, "/api/v1/purchase-orders/:id/attachments", "?file_name ?kind ?sha256")
