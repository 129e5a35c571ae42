/* Prescriptions written elsewhere over HTTP: received, entered from the paper, compared with it, asked about, refused. Each answers with
   the received prescription as it is then. */
#include "api/handlers.h"
#include "api/prescription_json.h"
#include "api/read.h"
#include "core/outside.h"
#include "sql.h"

enum { NAME_LONGEST = 120, ADDRESS_LONGEST = 300, CODE_LONGEST = 60, NOTE_LONGEST = 1000 };
#define NUMBER_MOST INT64_C(1000000000000)

static enum status reply_intake(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_intake_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

enum status post_intake(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const ways[] = { "paper", "fax", "photo", "email", NULL };
    struct json_object *body, *prescriber;
    struct outside_paper paper;
    int64_t id;
    int way;

    TRY(in_body(in, &body));
    prescriber = json_get_object_or_null(body, "prescriber");
    if (prescriber == NULL) {
        ctx_note(c, ST_INVALID, "prescriber", NULL, "must be given: who wrote it");
        return in_end(in);
    }
    way = json_get_word_or(body, "how", ways, -1);
    paper = (struct outside_paper){
        .patient_id = json_get_i64(body, "patient_id", 1, NUMBER_MOST),
        .name = json_get_text(prescriber, "name", NAME_LONGEST),
        .address = json_get_text(prescriber, "address", ADDRESS_LONGEST),
        .phone = json_get_text(prescriber, "phone", CODE_LONGEST),
        .registration = json_get_text(prescriber, "registration", CODE_LONGEST),
        .registered_with = json_get_text(prescriber, "registered_with", NAME_LONGEST),
        .number = json_get_text_or(body, "number", CODE_LONGEST, NULL),
        .written_on = json_get_date(body, "written_on"),
        .how = ways[way < 0 ? 0 : way],
        .note = json_get_text_or(body, "note", NOTE_LONGEST, NULL),
    };
    TRY(in_end(in));
    TRY(outside_receive(c, &paper, &id));
    reply_created(c, out, "/api/v1/intakes/%lld", (long long)id);
    return reply_intake(c, out, id);
}

enum status post_intake_prescription(struct ctx *c, struct request *in, struct reply *out)
{
    struct prescription_draft draft = { 0 };
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), prescription;

    TRY(in_body(in, &body));
    draft.patient_id = json_get_i64(body, "patient_id", 1, NUMBER_MOST);
    draft_read(c, body, &draft);
    TRY(in_end(in));
    TRY(outside_enter(c, api_knowledge(c, in), id, &draft, &prescription));
    reply_created(c, out, "/api/v1/prescriptions/%lld", (long long)prescription);
    return prescription_write(c, reply_json(c, out), api_knowledge(c, in), prescription, 1);
}

enum status post_intake_check(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id");
    const char *note;
    bool matches;

    TRY(in_body(in, &body));
    matches = json_get_bool(body, "matches");
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(outside_check(c, api_knowledge(c, in), id, matches, note));
    return reply_intake(c, out, id);
}

enum status post_intake_query(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), query_no;
    const char *question;

    TRY(in_body(in, &body));
    question = json_get_text(body, "question", NOTE_LONGEST);
    TRY(in_end(in));
    TRY(outside_ask(c, id, question, &query_no));
    return reply_intake(c, out, id);
}

enum status post_intake_answer(struct ctx *c, struct request *in, struct reply *out)
{
    struct outside_answer answer = { .query_no = in_path_id(in, "query") };
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    answer.verdict = json_get_text(body, "verdict", CODE_LONGEST);
    answer.answer = json_get_text(body, "answer", NOTE_LONGEST);
    answer.said_by = json_get_text(body, "said_by", NAME_LONGEST);
    answer.said_how = json_get_text(body, "said_how", CODE_LONGEST);
    TRY(in_end(in));
    TRY(outside_record(c, id, &answer));
    return reply_intake(c, out, id);
}

enum status post_intake_reject(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id");
    const char *reason, *note;

    TRY(in_body(in, &body));
    reason = json_get_text(body, "reason", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(outside_reject(c, id, reason, note));
    return reply_intake(c, out, id);
}
