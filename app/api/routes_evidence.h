/* The routes of the evidence book and what it leads to: alert budget, tiers, work list. A part of routes.h, which says what a row is
   and is included several times. */
/* the evidence book */
READ_ROWS(
    "/api/v1/evidence/rules", &q_evidence_rule_list, "shop ?q ?origin ?limit.int", ROLE_ANY,
    "The rules as they hold for the shop today, its own beside the reference's (?origin=shop or reference)",
    "evidence_rule")
READ_ROWS(
    "/api/v1/evidence/book", &q_evidence_book, "shop ?q ?kind ?standing ?limit.int ?before.int", ROLE_ANY,
    "The shop's own rules, names and ratios with how they stand, those last written about first; standing "
    "may be waiting: a proposal is undecided",
    "evidence_row")
READ_ROW("/api/v1/evidence/book/:kind/:key", &q_evidence_now, "shop :kind.text :key.text", ROLE_ANY,
         "What a rule or ratio says today, of the shop or of the reference", "evidence_now")
WRITE(POST, "/api/v1/evidence/rules", post_evidence_rule, FAST,
      ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER,
      "Propose a rule, a change of one, or to retire one; in force once another person approved it",
      "evidence_rule_new", "evidence_proposal")
WRITE(POST, "/api/v1/evidence/synonyms", post_evidence_synonym, FAST,
      ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER, "Propose a name of something, or to retire one",
      "evidence_synonym_new", "evidence_proposal")
WRITE(POST, "/api/v1/evidence/ratios", post_evidence_ratio, FAST,
      ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER, "Propose a herb's granule ratio",
      "evidence_ratio_new", "evidence_proposal")
READ_ROWS(
    "/api/v1/evidence/proposals", &q_evidence_list, "shop ?id.int ?state ?kind ?key ?limit.int ?before.int",
    ROLE_ANY,
    "Proposals with their fate and what they change, newest first; with kind and key the history of one",
    "evidence_proposal")
READ_ROW("/api/v1/evidence/proposals/:id", &q_evidence_list,
         "shop :id ?state ?kind ?key ?limit.int ?before.int", ROLE_ANY, "A proposal", "evidence_proposal")
CALL(GET, "/api/v1/evidence/proposals/:id/effects", get_evidence_effects, SLOW,
     ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER,
     "A dry run: whose findings an undecided proposal would raise, take away or change in severity", NULL,
     "evidence_effects")
CALL(GET, "/api/v1/evidence/imports/:id/effects", get_evidence_import_effects, SLOW,
     ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER,
     "A dry run of a whole evidence book that came in and was checked", NULL, "evidence_effects")
WRITE(POST, "/api/v1/evidence/proposals/:id/approval", post_evidence_approval, FAST, ROLE_CURATOR,
      "Approve another person's proposal", "evidence_decision", "evidence_proposal")
WRITE(POST, "/api/v1/evidence/proposals/:id/rejection", post_evidence_rejection, FAST, ROLE_CURATOR,
      "Reject another person's proposal; the reason stays", "evidence_decision", "evidence_proposal")
WRITE(POST, "/api/v1/evidence/proposals/:id/withdrawal", post_evidence_withdrawal, FAST,
      ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER, "Take back one's own proposal", "evidence_decision",
      "evidence_proposal")

/* the alert budget */
READ_ROWS("/api/v1/alert-budget", &q_alert_budget, "shop ?from.date ?to.date ?rule ?role",
          ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER | ROLE_ADMIN,
          "Per rule and role: shown, heeded, overridden, and why", "alert_budget")
READ_ROWS("/api/v1/curator-queue", &q_curator_queue, "shop ?rule", ROLE_CURATOR | ROLE_ADMIN,
          "Rules overridden so often that somebody should think about them (?rule= shows that one)",
          "curator_queue")
READ_ROWS("/api/v1/curator-queue/decisions", &q_alert_decision_list, "shop ?id.int ?rule",
          ROLE_CURATOR | ROLE_PHARMACIST | ROLE_PRACTITIONER | ROLE_ADMIN, "What was decided about rules",
          "curator_decision")
WRITE(POST, "/api/v1/curator-queue/decisions", post_curator_decision, FAST, ROLE_CURATOR,
      "Keep a rule with a note, or propose another severity or its retirement", "curator_decision_new",
      "curator_decision")
READ_ROW("/api/v1/alert-settings", &q_alert_settings_show, "shop", ROLE_ANY,
         "From when on a rule comes into the curator's queue", "alert_settings")
WRITE(PUT, "/api/v1/alert-settings", put_alert_settings, FAST, ROLE_CURATOR,
      "Set from when on a rule comes into the curator's queue", "alert_settings", "alert_settings")

/* what interrupts whom */
READ_ROWS("/api/v1/tiers", &q_tier_list, "shop", ROLE_ANY,
          "How loudly findings are shown, by role, moment and severity: interrupt, list or quiet", "tier")
WRITE(
    PUT, "/api/v1/tiers", put_tier, FAST, ROLE_ADMIN,
    "A tier of the shop's own; a critical finding always interrupts the pharmacist at release and hand-over",
    "tier_set", "tier")

/* the work list */
READ_ROWS(
    "/api/v1/work-list", &q_work_list,
    "shop user ?id.int ?state ?severity ?patient.int ?mine.bool ?limit.int ?after.int",
    ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
    "Findings raised by a changed patient or rule book, the gravest first: what is not done, or of one "
    "state (open, taken, done), severity or patient, or one's own; after: the last id of the page before",
    "work_item")
READ_ROW("/api/v1/work-list/count", &q_work_count, "shop user",
         ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "How much waits on the work list", "work_count")
READ_ROW("/api/v1/work-list/:id", &q_work_list,
         "shop user :id ?state ?severity ?patient.int ?mine.bool ?limit.int ?after.int",
         ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "A piece of work", "work_item")
WRITE(POST, "/api/v1/work-list/:id/take", post_work_take, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "Take a piece of work", "work_take", "work_item")
WRITE(POST, "/api/v1/work-list/:id/done", post_work_done, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST,
      "End a piece of work that is one's own with a coded outcome", "work_done", "work_item")
READ_ROWS("/api/v1/work-outcomes", &q_work_outcomes, "", ROLE_ANY, "The coded outcomes of work",
          "work_outcome")
