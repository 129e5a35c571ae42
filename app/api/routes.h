/* Every route of the service, one row each: included several times with the macros below defined, so that the table, the
   handlers' declarations and the tests see the same list. To add a route: a row here, a function (or a statement) in
   api/<noun>.c (app/sql/<name>.sql), its test.

   READ_ROW ( path, query, from, roles, summary, answer )   data: one row as an object, 404 when none
   READ_ROWS( path, query, from, roles, summary, answer )   data: {"rows":[…]}
   CALL     ( method, path, function, lane, roles, summary, body, answer )   a handler that changes nothing lasting
   WRITE    ( method, path, function, lane, roles, summary, body, answer )   a handler that changes state: the wrapper
            asks for Idempotency-Key and runs handler and key in one transaction

   UPLOAD   ( method, path, function, roles, summary, answer )   a file as the body, of any type, up to 64 MiB; it goes to a
            temporary file. The handler asks for Idempotency-Key itself: its work is several transactions, so that others
            see how far it is

   PARAMETERS( method, path, from )   what a handler reads from the query, for the OpenAPI document (data routes say so already)

   from: the statement's parameters in order, separated by spaces: "shop" "user" (of who asks), ":id" (path, whole number),
   ":name.text" (path), "?q" (query text, NULL when absent), "?limit.int", "?on.date", "?all.bool".
   roles: ROLE_ bits joined by |, ROLE_ANY (signed in), ROLE_OWN_SIGN_IN (signed in, even with a password that another had made),
   ROLE_PUBLIC or ROLE_CLIENT (another system, by its signed token). lane: NONE (no database), FAST, SLOW.
   body, answer: names of schemas, api/schemas/<name>.json, or NULL. */

/* health */
CALL(GET, "/healthz", get_healthz, NONE, ROLE_PUBLIC, "Whether the process answers", NULL, "health")
CALL(GET, "/readyz", get_readyz, FAST, ROLE_PUBLIC, "Whether the database and the rule book can be used",
     NULL, "ready")
CALL(GET, "/metrics", get_metrics, NONE, ROLE_PUBLIC, "Figures for Prometheus", NULL, NULL)
CALL(GET, "/api/v1/openapi.json", get_openapi, NONE, ROLE_PUBLIC, "This document", NULL, NULL)

/* other systems: CDS Hooks 2.0 */
CALL(GET, "/cds-services", get_cds_services, NONE, ROLE_PUBLIC, "What this service offers over CDS Hooks 2.0",
     NULL, "cds_services")
CALL(OPTIONS, "/cds-services", options_cds, NONE, ROLE_PUBLIC, "CORS preflight", NULL, NULL)
CALL(POST, "/cds-services/:id", post_cds_service, FAST, ROLE_CLIENT,
     "Screen an order or a chart sent as FHIR R4, and answer with cards", "cds_request", "cds_response")
CALL(OPTIONS, "/cds-services/:id", options_cds_service, NONE, ROLE_PUBLIC, "CORS preflight", NULL, NULL)
CALL(POST, "/cds-services/:id/feedback", post_cds_feedback, FAST, ROLE_CLIENT,
     "What people did with cards; a card counts once in the alert budget, however often it is sent",
     "cds_feedback", "cds_feedback_answer")
CALL(OPTIONS, "/cds-services/:id/feedback", options_cds_feedback, NONE, ROLE_PUBLIC, "CORS preflight", NULL,
     NULL)
READ_ROWS("/api/v1/cds-clients", &q_cds_client_list, "shop ?id.int", ROLE_ADMIN,
          "The systems that may ask over CDS Hooks", "cds_client")
WRITE(POST, "/api/v1/cds-clients", post_cds_client, FAST, ROLE_ADMIN,
      "Let a system ask over CDS Hooks: issuer, key id and public key of its tokens", "cds_client_new",
      "cds_client")
WRITE(POST, "/api/v1/cds-clients/:id/disable", post_cds_client_disable, FAST, ROLE_ADMIN,
      "The system may not ask any more", NULL, "cds_client")

/* who */
CALL(POST, "/api/v1/session", post_session, SLOW, ROLE_PUBLIC, "Sign in", "sign_in", "session")
READ_ROW("/api/v1/session", &q_session_show, "shop user", ROLE_OWN_SIGN_IN, "Who is signed in", "session")
CALL(DELETE, "/api/v1/session", delete_session, FAST, ROLE_OWN_SIGN_IN, "Sign out", NULL, NULL)
CALL(PUT, "/api/v1/session/password", put_password, SLOW, ROLE_OWN_SIGN_IN,
     "Change one's password; ends all one's sessions", "password_change", NULL)

/* people */
#include "api/routes_people.h"

/* the rule book */
CALL(POST, "/api/v1/screen", post_screen, NONE, ROLE_ANY, "Screen what is typed; nothing is stored",
     "screen_case", "screen_answer")
CALL(POST, "/api/v1/screen/record", post_screen_record, SLOW, ROLE_ANY,
     "Screen what is typed and answer with a page for the patient's record (PDF); nothing is stored",
     "screen_case", NULL)
PARAMETERS(POST, "/api/v1/screen/record", "?paper ?about ?shop ?who")
CALL(GET, "/api/v1/names", get_names, NONE, ROLE_ANY, "Type-ahead over everything that has a name", NULL,
     "names")
PARAMETERS(GET, "/api/v1/names", "?q ?kinds ?limit.int")
READ_ROWS("/api/v1/herbs", &q_herb_list, "?q ?category", ROLE_ANY, "Herbs, all or those whose names hold q",
          "herb_brief")
READ_ROW("/api/v1/herbs/:id", &q_herb_show, ":id.text shop", ROLE_ANY,
         "A herb's monograph, with sources and its rules: the shop's own beside the reference's", "herb")
READ_ROWS("/api/v1/formulas", &q_formula_list, "?q ?category", ROLE_ANY,
          "Formulas, all or those whose names hold q", "formula_brief")
READ_ROW("/api/v1/formulas/:id", &q_formula_show, ":id.text shop", ROLE_ANY,
         "A formula with its herbs, sources and rules: the shop's own beside the reference's", "formula")
READ_ROWS("/api/v1/drugs", &q_drug_list, "?q", ROLE_ANY, "Medicines, all or those whose names hold q", "drug")
READ_ROWS("/api/v1/conditions", &q_condition_list, "?q", ROLE_ANY,
          "Conditions, all or those whose names hold q", "condition")

/* the evidence book, the alert budget, what interrupts whom, the work list */
#include "api/routes_evidence.h"

/* patients */
#include "api/routes_patients.h"

/* prescriptions */
READ_ROWS("/api/v1/house-formulas", &q_house_formula_list, "shop ?q", ROLE_ANY,
          "The shop's own formulas, to start a prescription from as house:NAME", "house_formula")
WRITE(POST, "/api/v1/house-formulas", post_house_formula, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "Keep what a draft comes to a day under a name; the same name again is its next version",
      "house_formula_new", "house_formula")
WRITE(POST, "/api/v1/house-formulas/retirements", post_house_formula_retirement, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST, "Take a house formula out of use", "house_formula_name", NULL)
READ_ROWS("/api/v1/patterns", &q_pattern_list, "?q", ROLE_ANY,
          "Patterns with the formulas linked with them, to start a prescription from", "pattern_formula")
READ_ROWS("/api/v1/prescriptions", &q_prescription_list, "shop ?patient.int ?limit.int",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "Prescriptions, of one patient or all, newest first", "prescription_brief")
WRITE(POST, "/api/v1/prescriptions", post_prescription, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "Store a prescription built from formulas and herbs, and screen it", "prescription_draft",
      "prescription")
CALL(POST, "/api/v1/prescriptions/preview", post_prescription_preview, FAST,
     ROLE_PRACTITIONER | ROLE_PHARMACIST, "Work a draft out and screen it; nothing is stored",
     "prescription_preview", "prescription")
CALL(GET, "/api/v1/prescriptions/:id", get_prescription, FAST,
     ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "A version (?version=, else the newest) with its latest screening, findings and answers", NULL,
     "prescription")
PARAMETERS(GET, "/api/v1/prescriptions/:id", "?version.int")
WRITE(POST, "/api/v1/prescriptions/:id/versions", post_prescription_version, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST, "Store the next version, and screen it", "prescription_version",
      "prescription")
WRITE(POST, "/api/v1/prescriptions/:id/screenings", post_prescription_screening, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "Screen the newest version again: after the patient or the rule book changed", NULL, "prescription")
WRITE(POST, "/api/v1/prescriptions/:id/answers", post_prescription_answers, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST, "Answer critical findings with coded reasons", "answers",
      "prescription")
WRITE(POST, "/api/v1/prescriptions/:id/acknowledgements", post_prescription_acknowledgements, FAST,
      ROLE_PHARMACIST, "The pharmacist has read the answers given so far", "acknowledgement", "prescription")
WRITE(POST, "/api/v1/prescriptions/:id/signature", post_prescription_signature, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "Sign the newest version; refused while a critical finding is unanswered", "signature", "prescription")
CALL(GET, "/api/v1/prescriptions/:id/substitutes", get_prescription_substitutes, FAST,
     ROLE_PRACTITIONER | ROLE_PHARMACIST,
     "What is short, and what may be offered instead: other forms, other preparations, nearest combinations",
     NULL, "substitutes")
PARAMETERS(GET, "/api/v1/prescriptions/:id/substitutes", "?version.int ?whole.bool")
CALL(GET, "/api/v1/orders/:id/substitutes", get_order_substitutes, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST,
     "What an order is short of, for its part and days, and what may be offered instead", NULL, "substitutes")
PARAMETERS(GET, "/api/v1/orders/:id/substitutes", "?whole.bool")
WRITE(POST, "/api/v1/prescriptions/:id/substitutions", post_prescription_substitution, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST, "Propose an offer to the prescriber", "substitution_new",
      "substitution")
READ_ROWS("/api/v1/substitutions", &q_substitution_list, "shop ?prescription.int ?state",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "Proposals, the newest first: open, consented, refused, overtaken", "substitution")
WRITE(POST, "/api/v1/substitutions/:id/answer", post_substitution_answer, FAST, ROLE_PRACTITIONER,
      "The prescriber consents, which makes the next version, or refuses", "substitution_answer",
      "substitution_answered")
READ_ROWS("/api/v1/answer-reasons", &q_answer_reasons, "", ROLE_ANY, "The coded reasons an answer may give",
          "answer_reason")

/* prescriptions written elsewhere */
READ_ROWS(
    "/api/v1/intakes", &q_intake_list, "shop ?id.int ?state ?patient.int",
    ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
    "Prescriptions written elsewhere, the newest first; state: received, entered, queried, signed, rejected",
    "intake")
READ_ROW("/api/v1/intakes/:id", &q_intake_list, "shop :id ?state ?patient.int",
         ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "A prescription written elsewhere", "intake")
READ_ROWS("/api/v1/intakes/:id/queries", &q_intake_query_list, "shop :id",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "What its prescriber was asked, and what she said", "intake_query")
WRITE(POST, "/api/v1/intakes", post_intake, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Receive a prescription written elsewhere; its paper follows as attachments", "intake_new", "intake")
UPLOAD(POST, "/api/v1/intakes/:id/attachments", post_intake_attachment, ROLE_PHARMACIST | ROLE_STAFF,
       "Attach a page of the paper; the same page is refused everywhere after", "attachment")
PARAMETERS(POST, "/api/v1/intakes/:id/attachments", "?file_name ?kind ?sha256")
WRITE(POST, "/api/v1/intakes/:id/prescription", post_intake_prescription, FAST, ROLE_PHARMACIST,
      "Enter what the paper says; it is screened, and signed once another person has compared it",
      "prescription_draft", "prescription")
WRITE(POST, "/api/v1/intakes/:id/check", post_intake_check, FAST, ROLE_PHARMACIST,
      "Another pharmacist compares the newest version with the paper: it matches and stands as signed, or "
      "does not",
      "intake_check", "intake")
WRITE(POST, "/api/v1/intakes/:id/queries", post_intake_query, FAST, ROLE_PHARMACIST,
      "Ask the prescriber, about the findings once it is entered", "order_query", "intake")
WRITE(POST, "/api/v1/intakes/:id/queries/:query/answer", post_intake_answer, FAST, ROLE_PHARMACIST,
      "What the prescriber said, who said it and how", "intake_answer", "intake")
WRITE(POST, "/api/v1/intakes/:id/reject", post_intake_reject, FAST, ROLE_PHARMACIST,
      "Refuse a paper that does not stand as signed", "order_end", "intake")

/* orders */
READ_ROWS(
    "/api/v1/orders", &q_order_list, "shop ?state ?limit.int ?patient.int ?q ?before.int",
    ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
    "Orders, newest first; q: a label's number or bar code, or a part of the patient's name or code; before: "
    "the last id of the page before",
    "order_brief")
WRITE(POST, "/api/v1/orders", post_order, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Enter an order for the newest signed version", "order_new", "order")
READ_ROWS(
    "/api/v1/orders/stopped", &q_order_stopped_list, "shop ?kind ?mine.bool user",
    ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
    "Holds and questions to prescribers without an end, the longest first; ?mine=true: about what one signed",
    "order_stopped")
READ_ROWS("/api/v1/orders/waiting", &q_order_waiting, "shop",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "Open orders with the step each waits for, those nearest to the hand-over first", "order_waiting")
READ_ROWS("/api/v1/orders/unpaid", &q_order_unpaid, "shop ?patient.int", ROLE_PHARMACIST | ROLE_STAFF,
          "Orders nobody has paid or vouched for yet, those ready to be handed over first", "order_unpaid")
READ_ROWS("/api/v1/orders/owed", &q_owed_list, "shop ?patient.int",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "What is still owed to patients: supplies of which a part was ordered", "owed")
READ_ROWS("/api/v1/orders/short", &q_order_short_list, "shop",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "Orders that are short, the longest first: what they lack, how many packets could be made now",
          "order_short")
READ_ROWS("/api/v1/order-reasons", &q_order_reasons, "?use", ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
          "The coded reasons of holds, refusals, waste, early refills, returns", "order_reason")
CALL(GET, "/api/v1/orders/:id", get_order, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "An order with its lines, lots, lots passed over and events", NULL, "order")
WRITE(POST, "/api/v1/orders/:id/screening", post_order_screening, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Screen an open order again: after the patient or the rule book changed", NULL, "order")
WRITE(POST, "/api/v1/orders/:id/allocation", post_allocation, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Reserve lots, earliest expiry first; short lines are named; which lots it took is read with the order",
      "allocation_new", "allocation")
WRITE(POST, "/api/v1/orders/:id/part", post_supply_part, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Supply a part of a short order: it ends, answers with an allocated one of fewer packets; the rest is "
      "owed",
      "order_part", "order")
WRITE(POST, "/api/v1/orders/:id/release", post_release, FAST, ROLE_PHARMACIST,
      "Let the order be weighed, every finding answered and read", NULL, "order")
WRITE(POST, "/api/v1/orders/:id/weighings", post_weighings, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Record what was weighed of each lot", "weighings", "order")
WRITE(POST, "/api/v1/orders/:id/approvals", post_approval, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "A second person accepts a weight outside the tolerance", "approval", "order")
WRITE(POST, "/api/v1/orders/:id/check", post_check, FAST, ROLE_PHARMACIST,
      "Final check by another person; books the stock", "check", "order")
WRITE(POST, "/api/v1/orders/:id/handover", post_handover, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Hand the order over; it does not change after that", "handover", "order")
WRITE(POST, "/api/v1/orders/:id/cancel", post_cancel, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "End an order that was not checked yet", "cancel", "order")
WRITE(POST, "/api/v1/orders/:id/reject", post_reject, FAST, ROLE_PHARMACIST,
      "Decline an order that was not released yet", "order_end", "order")
WRITE(POST, "/api/v1/orders/:id/holds", post_hold, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Keep an order where it stands", "order_hold", "order")
WRITE(POST, "/api/v1/orders/:id/queries", post_query, FAST, ROLE_PHARMACIST,
      "Ask the prescriber; the order stays where it stands", "order_query", "order")
WRITE(POST, "/api/v1/orders/:id/stops/:stop/answer", post_query_answer, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST, "The prescriber's answer to a question", "order_answer", "order")
WRITE(POST, "/api/v1/orders/:id/stops/:stop/end", post_stop_end, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Lift a hold, close an answered question, or take one's own back", "order_stop_end", "order")
READ_ROWS("/api/v1/decoction-schemes", &q_decoction_scheme_list, "",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "How to decoct: soak, water, minutes", "decoction_scheme")
READ_ROWS("/api/v1/decoction-machines", &q_decoction_machine_list, "shop ?id.int",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "The shop's decoction machines, and what each is busy with", "decoction_machine")
WRITE(POST, "/api/v1/decoction-machines", post_decoction_machine, FAST, ROLE_PHARMACIST | ROLE_ADMIN,
      "Add a machine", "decoction_machine_new", "decoction_machine")
WRITE(POST, "/api/v1/decoction-machines/:id/retire", post_decoction_machine_retire, FAST,
      ROLE_PHARMACIST | ROLE_ADMIN, "Take a machine out of use", NULL, "decoction_machine")
WRITE(POST, "/api/v1/orders/:id/decoctions", post_decoction, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Begin to boil a weighed order", "decoction_new", "order")
WRITE(POST, "/api/v1/orders/:id/decoctions/end", post_decoction_end, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "What came out of the pot; without it such an order has no final check", "decoction_end", "order")
READ_ROWS("/api/v1/orders/returned", &q_order_returned_list, "shop", ROLE_PHARMACIST | ROLE_STAFF,
          "What came back after the hand-over and waits to be destroyed or witnessed", "order_returned")
WRITE(POST, "/api/v1/orders/:id/returns", post_return, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Packets came back after the hand-over; they are never sold again", "order_return", "order")
WRITE(POST, "/api/v1/orders/:id/returns/:return/destruction", post_destruction, FAST,
      ROLE_PHARMACIST | ROLE_STAFF, "A return was destroyed", "order_destruction", "order")
WRITE(POST, "/api/v1/orders/:id/returns/:return/witness", post_witness, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Another person has seen it destroyed; books its lots to loss", NULL, "order")
WRITE(POST, "/api/v1/orders/:id/waste", post_waste, FAST, ROLE_PHARMACIST,
      "Book what was weighed as lost, and start again; answers with the successor when there is one",
      "order_waste", "order")
WRITE(POST, "/api/v1/orders/:id/forgo", post_forgo, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "What is still owed of the order's supply is not wanted", "order_end", "order")

/* stock */
#include "api/routes_bench.h"
#include "api/routes_stock.h"

/* sales */
READ_ROWS("/api/v1/tickets", &q_ticket_list, "shop ?state ?limit.int ?patient.int ?before.int ?q",
          ROLE_PHARMACIST | ROLE_STAFF,
          "Sales, newest first; q: the number of a ticket or a receipt, or a part of the customer's name or "
          "code; before: the last id of the page before",
          "ticket_brief")
WRITE(POST, "/api/v1/tickets", post_ticket, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Open a sale, with lines (SKU, bar code, lot, or an order) and promo codes", "ticket_new", "ticket")
CALL(GET, "/api/v1/tickets/:id", get_ticket, FAST, ROLE_PHARMACIST | ROLE_STAFF,
     "A sale; while it is open or quoted with what it costs now, and why, line by line", NULL, "ticket")
WRITE(PUT, "/api/v1/tickets/:id", put_ticket, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Say who buys, and of which group", "ticket_customer", "ticket")
WRITE(POST, "/api/v1/tickets/:id/lines", post_ticket_line, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Add goods or an order", "ticket_want", "ticket")
WRITE(PUT, "/api/v1/tickets/:id/lines/:line", put_ticket_line, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Change a quantity; 0 takes the line off", "ticket_quantity", "ticket")
WRITE(POST, "/api/v1/tickets/:id/codes", post_ticket_code, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Add a promo code", "ticket_code", "ticket")
WRITE(DELETE, "/api/v1/tickets/:id/codes/:code", delete_ticket_code, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Take a promo code off", NULL, "ticket")
WRITE(POST, "/api/v1/tickets/:id/quote", post_ticket_quote, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Freeze the price and reserve the uses of the codes that work", NULL, "ticket")
WRITE(POST, "/api/v1/tickets/:id/reopen", post_ticket_reopen, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "The payment failed: back to open, nothing reserved any more", NULL, "ticket")
WRITE(POST, "/api/v1/tickets/:id/payment", post_ticket_payment, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Take the money: books lots, promo uses, orders and the receipt's number, once", "ticket_payment",
      "ticket")
WRITE(POST, "/api/v1/tickets/:id/cancel", post_ticket_cancel, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "End a sale that was not paid", NULL, "ticket")
WRITE(POST, "/api/v1/tickets/:id/refunds", post_ticket_refund, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Give money back for some lines or all; goods back or written off", "ticket_refund", "ticket")
CALL(POST, "/api/v1/tickets/:id/refunds/dry-run", post_ticket_refund_dry_run, FAST,
     ROLE_PHARMACIST | ROLE_STAFF, "What a refund would give back, and by which ways; nothing is stored",
     "ticket_refund_dry_run", "refund_sum")
WRITE(POST, "/api/v1/tickets/:id/void", post_ticket_void, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Undo a sale of today whole", "ticket_refund", "ticket")
CALL(GET, "/api/v1/tickets/:id/receipt", get_ticket_receipt, FAST, ROLE_PHARMACIST | ROLE_STAFF,
     "A paid sale as its receipt says it", NULL, "sale_receipt")
CALL(GET, "/api/v1/tickets/:id/paper", get_ticket_paper, SLOW, ROLE_PHARMACIST | ROLE_STAFF,
     "A paid sale's receipt on a roll of 80 mm (?format=pdf, png, dots, zpl or escpos, ?dpi=)", NULL, NULL)
PARAMETERS(GET, "/api/v1/tickets/:id/paper", "?format ?dpi.int")
READ_ROWS("/api/v1/tender-kinds", &q_tender_kinds, "", ROLE_ANY, "The ways to pay", "tender_kind")
READ_ROWS("/api/v1/refund-reasons", &q_refund_reasons, "", ROLE_ANY, "The coded reasons of a refund",
          "refund_reason")

/* promo codes */
READ_ROWS("/api/v1/promo-codes", &q_promo_list, "shop ?code ?ended.bool", ROLE_ANY,
          "Promo codes with their terms and uses; ?ended=true the ended ones too", "promo_code")
WRITE(POST, "/api/v1/promo-codes", post_promo, FAST, ROLE_ADMIN | ROLE_STAFF, "Add a promo code", "promo_new",
      "promo_code")
READ_ROW("/api/v1/promo-codes/:code", &q_promo_list, "shop :code.text ?ended.bool", ROLE_ANY, "A promo code",
         "promo_code")
WRITE(PUT, "/api/v1/promo-codes/:code", put_promo, FAST, ROLE_ADMIN | ROLE_STAFF,
      "Write the next version of a code's terms", "promo_change", "promo_code")
WRITE(POST, "/api/v1/promo-codes/:code/end", post_promo_end, FAST, ROLE_ADMIN | ROLE_STAFF,
      "A code works no more", NULL, "promo_code")
CALL(POST, "/api/v1/promo-codes/:code/dry-run", post_promo_dry_run, FAST, ROLE_ANY,
     "What a code would do to a ticket or to these lines, line by line, or why not; nothing is stored",
     "promo_dry_run", "price")
READ_ROWS("/api/v1/promo-codes/:code/versions", &q_promo_versions, "shop :code.text", ROLE_ANY,
          "Every version of a code's terms", "promo_version")
READ_ROWS("/api/v1/promo-codes/:code/uses", &q_promo_uses, "shop :code.text ?limit.int ?before.int",
          ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "The uses of a code: reserved, committed, released, returned", "promo_use")

/* the drawer of cash */
READ_ROWS("/api/v1/drawers", &q_drawer_list, "shop ?id.int ?limit.int",
          ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "Drawers with their sums, newest first", "drawer")
WRITE(POST, "/api/v1/drawers", post_drawer, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Open a register's drawer with its float", "drawer_new", "drawer")
READ_ROW("/api/v1/drawers/:id", &q_drawer_list, "shop :id ?limit.int",
         ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "A drawer", "drawer")
READ_ROWS("/api/v1/drawers/:id/moves", &q_drawer_moves, "shop :id", ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN,
          "Cash paid in and out beside sales", "drawer_move")
READ_ROWS("/api/v1/drawers/:id/counts", &q_drawer_counts, "shop :id",
          ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "What was counted at its closing", "drawer_count")
WRITE(POST, "/api/v1/drawers/:id/moves", post_drawer_move, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Pay cash in or out, with a reason", "drawer_move_new", "drawer")
WRITE(POST, "/api/v1/drawers/:id/approvals", post_drawer_approval, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "A second person counted too and came to this sum", "drawer_approval", "drawer")
WRITE(POST, "/api/v1/drawers/:id/close", post_drawer_close, FAST, ROLE_PHARMACIST | ROLE_STAFF,
      "Close a drawer with what was counted; a large difference needs a second person", "drawer_close",
      "drawer")

/* how the shop sells */
#include "api/routes_prices.h"

/* the shop */
READ_ROW("/api/v1/shop", &q_shop_settings, "shop", ROLE_ANY,
         "What the shop says about itself: address, time zone, whose liang it means, its limits", "shop")
WRITE(PUT, "/api/v1/shop", put_shop, FAST, ROLE_ADMIN, "Change some of that", "shop_change", "shop")
CALL(
    GET, "/api/v1/weights", get_weight, FAST, ROLE_ANY,
    "What a typed weight is in milligrams: g, kg, mg, oz, lb, and liang, qian and jin as the shop means them",
    NULL, "weight")
PARAMETERS(GET, "/api/v1/weights", "?text")
READ_ROWS("/api/v1/single-person-mode", &q_single_person_list, "shop", ROLE_ADMIN | ROLE_PHARMACIST,
          "When the filler was allowed to check her own work after a delay, the newest first",
          "single_person_mode")
WRITE(POST, "/api/v1/single-person-mode", post_single_person, FAST, ROLE_ADMIN,
      "From now on the filler may check her own work, so long after the last weighing", "single_person_on",
      NULL)
WRITE(DELETE, "/api/v1/single-person-mode", delete_single_person, FAST, ROLE_ADMIN, "Two people again", NULL,
      NULL)

#include "api/routes_paper.h"

/* reports */
CALL(GET, "/api/v1/reports", get_reports, NONE, ROLE_ANY, "The reports there are, with their parameters",
     NULL, "reports")
CALL(
    GET, "/api/v1/reports/:name", get_report, FAST, ROLE_ANY,
    "A report (?format=xlsx, csv or json, ?sheet= of those, and its own parameters); ?progress= is a word of "
    "one's own by which to ask how far it is",
    NULL, NULL)
PARAMETERS(GET, "/api/v1/reports/:name", "?format ?sheet ?progress")
CALL(GET, "/api/v1/report-progress/:word", get_report_progress, NONE, ROLE_ANY,
     "How far a report is that oneself asked for with this word; 404 before it begins and after it ended",
     NULL, "report_progress")

/* tables coming in */
CALL(GET, "/api/v1/import-kinds", get_import_kinds, NONE, ROLE_ANY,
     "The kinds of import, with the columns and parameters of each", NULL, "import_kinds")
CALL(GET, "/api/v1/imports", get_imports, FAST, ROLE_ANY, "The files that came in, the newest first", NULL,
     "imports")
UPLOAD(POST, "/api/v1/imports/:kind", post_import, ROLE_ANY,
       "A table (xlsx or CSV) checked to its end, and applied when nothing is wrong; with ?dry_run=true only "
       "checked. What is wrong is named cell by cell",
       "import")
PARAMETERS(POST, "/api/v1/imports/:kind", "?dry_run.bool ?file_name")
CALL(GET, "/api/v1/imports/:id", get_import, FAST, ROLE_ANY, "An import, while it is read too", NULL,
     "import")
WRITE(POST, "/api/v1/imports/:id/apply", post_import_apply, SLOW, ROLE_ANY,
      "Apply a checked import, all of it", NULL, "import")
WRITE(POST, "/api/v1/imports/:id/undo", post_import_undo, SLOW, ROLE_ANY,
      "Take an applied import back, all of it", NULL, "import")
CALL(GET, "/api/v1/imports/:id/faults", get_import_faults, SLOW, ROLE_ANY,
     "What is wrong: a copy of the file with the faulty cells marked (?format=xlsx), or a list (csv)", NULL,
     NULL)
PARAMETERS(GET, "/api/v1/imports/:id/faults", "?format")

/* what happens */
CALL(GET, "/api/v1/live", get_live, NONE, ROLE_ANY,
     "Server-sent events of the shop: stock {items}, order {order_id, state}, lot {lot_id, status}, work "
     "{waiting}; hello and lost: read anew what you show",
     NULL, NULL)

/* the page */
CALL(GET, "/*", get_page, NONE, ROLE_PUBLIC, "The page", NULL, NULL)
