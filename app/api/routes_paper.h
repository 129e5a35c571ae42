/* The routes of labels: a part of routes.h, which says what a row is and is included several times. */
CALL(GET, "/api/v1/orders/:id/label", get_order_label, SLOW, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "An order's label or sheet: the newest copy, or a draft", NULL, NULL)
PARAMETERS(GET, "/api/v1/orders/:id/label",
           "?kind ?format ?dpi.int ?containers.int ?lines ?profile ?language")
CALL(GET, "/api/v1/orders/:id/label-lint", get_label_lint, SLOW, ROLE_ANY,
     "What the label rules in force ask for, and what the label lacks, by clause", NULL, "label_lint")
PARAMETERS(GET, "/api/v1/orders/:id/label-lint", "?kind ?profile ?on.date")
CALL(GET, "/api/v1/labels", get_labels, SLOW, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "The labels of many orders (?orders=1-1000,1005) in one file", NULL, NULL)
PARAMETERS(GET, "/api/v1/labels", "?orders ?kind ?format ?dpi.int ?containers.int ?lines ?profile ?language")
WRITE(POST, "/api/v1/orders/:id/labels", post_order_label, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
      "Count a print of a label; the first one freezes what it says. What the rules ask for and the label "
      "lacks stops it, unless "
      "overridden with a reason that stays on record",
      "label_print", "label_copy")
WRITE(POST, "/api/v1/labels", post_labels, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
      "Count a print of the labels of many orders: all of them or none", "label_print_many", "label_copies")
CALL(GET, "/api/v1/prescriptions/:id/paper", get_prescription_paper, SLOW,
     ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "A prescription as its prescriber signs it, with the reasons for what screening found: the newest copy, "
     "or a draft",
     NULL, NULL)
PARAMETERS(GET, "/api/v1/prescriptions/:id/paper", "?kind ?format ?dpi.int ?profile ?language")
CALL(GET, "/api/v1/prescriptions/:id/paper-lint", get_prescription_paper_lint, SLOW, ROLE_ANY,
     "What the rules in force ask of a prescription, and what its paper lacks, by clause", NULL, "label_lint")
PARAMETERS(GET, "/api/v1/prescriptions/:id/paper-lint", "?kind ?profile ?on.date")
WRITE(POST, "/api/v1/prescriptions/:id/papers", post_prescription_paper, SLOW,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Count a print of a signed prescription. What the rules ask for and the paper lacks stops it, unless "
      "overridden with a reason that stays on record",
      "label_print", "label_copy")
CALL(GET, "/api/v1/tickets/:id/paper-lint", get_ticket_paper_lint, SLOW, ROLE_ANY,
     "What the rules in force ask of a receipt, and what this one lacks, by clause", NULL, "label_lint")
PARAMETERS(GET, "/api/v1/tickets/:id/paper-lint", "?profile")
WRITE(POST, "/api/v1/tickets/:id/paper-overrides", post_ticket_paper_override, SLOW,
      ROLE_PHARMACIST | ROLE_STAFF,
      "Let a receipt through without what the shop's profile asks for; the reason stays on record",
      "paper_override", NULL)
WRITE(POST, "/api/v1/label-facts", post_label_fact, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_ADMIN,
      "Note what only labels print: of an order, a prescription, a patient or a person", "label_fact", NULL)
READ_ROWS("/api/v1/label-facts", &q_label_facts, "shop ?about ?id.int", ROLE_ANY,
          "What was noted for labels (?about=order, prescription, patient or person, ?id=)", "label_fact_row")
READ_ROWS("/api/v1/label-profiles", &q_label_profile_head, "?profile", ROLE_ANY,
          "The profiles of label rules there are, with their jurisdiction and first day", "label_profile")
READ_ROWS("/api/v1/beyond-use-rules", &q_label_beyond_use_rules, "", ROLE_ANY,
          "How long what is made keeps: by form, packing, herbs in it and place", "beyond_use_rule")
READ_ROWS("/api/v1/label-override-reasons", &q_label_override_reasons, "", ROLE_ANY,
          "Why a label may be printed without what its profile asks for", "label_override_reason")
READ_ROW("/api/v1/label-settings", &q_label_settings, "shop", ROLE_ANY,
         "The shop's label profile, and which names of herbs its labels show", "label_settings")
WRITE(PUT, "/api/v1/label-settings", put_label_settings, FAST, ROLE_ADMIN | ROLE_PHARMACIST,
      "Choose the label profile and the names shown; what is left out stays", "label_settings_change", NULL)
CALL(GET, "/api/v1/lots/:id/label", get_lot_label, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "A lot's label, with its GS1 DataMatrix where the item has a GTIN", NULL, NULL)
PARAMETERS(GET, "/api/v1/lots/:id/label", "?kind ?format ?dpi.int ?containers.int")
CALL(GET, "/api/v1/receipts/:id/labels", get_receipt_labels, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "The labels of all lots of a delivery in one file", NULL, NULL)
PARAMETERS(GET, "/api/v1/receipts/:id/labels", "?kind ?format ?dpi.int ?containers.int")
CALL(GET, "/api/v1/locations/:id/label", get_drawer_label, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "A drawer's label: its code and what is at home in it", NULL, NULL)
PARAMETERS(GET, "/api/v1/locations/:id/label", "?kind ?format ?dpi.int ?containers.int")
CALL(GET, "/api/v1/drawer-labels", get_drawer_labels, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "The labels of many drawers (?locations=1-20,25) in one file", NULL, NULL)
PARAMETERS(GET, "/api/v1/drawer-labels", "?locations ?kind ?format ?dpi.int ?containers.int")
