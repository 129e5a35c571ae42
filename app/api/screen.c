/* The quick check: screening what is typed, against the rule book in memory. Nothing is stored and no database is asked. */
#include "api/handlers.h"
#include "api/internal.h"
#include "api/screen_json.h"
#include "api/screen_paper.h"

enum status post_screen(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct json_object *body;
    struct screen_case typed, before;
    struct screening screening, was;
    struct tiers tiers;
    bool adding;

    TRY(in_body(in, &body));
    TRY(screen_case_read(c, knowledge, body, &typed));
    adding = screen_adding_read(c, knowledge, body, &typed, &before);
    TRY(in_end(in));
    screen_case_run(&c->arena, knowledge, &typed, &screening);
    if (adding) {
        screen_case_run(&c->arena, knowledge, &before, &was);
        screen_keep_new(&c->arena, &before, &was, &typed, &screening);
    }
    tier_book_read(c, api_of(in)->tiers, adding ? MOMENT_ADD : MOMENT_LOOKUP, &tiers);
    typed.tiers = &tiers;
    screen_answer_write(reply_json(c, out), knowledge, &typed, &screening);
    return ST_OK;
}

/* The same as a page for the patient's record. Drawing is slow work: its route is in the slow lane. */
enum status post_screen_record(struct ctx *c, struct request *in, struct reply *out)
{
    const struct knowledge *knowledge = api_knowledge(c, in);
    struct screen_paper paper = { .paper = in_query_text_or(in, "paper", 10, "a4"),
                                  .about = in_query_text_or(in, "about", 200, NULL),
                                  .shop = in_query_text_or(in, "shop", 200, NULL),
                                  .who = in_query_text_or(in, "who", 200, NULL),
                                  .made = instant_now() };
    struct json_object *body;
    struct screen_case typed;
    struct screening screening;
    struct record record;
    struct text bytes;
    int pages;

    TRY(in_body(in, &body));
    TRY(screen_case_read(c, knowledge, body, &typed));
    TRY(in_end(in));
    screen_case_run(&c->arena, knowledge, &typed, &screening);
    screen_record(&c->arena, knowledge, &typed, &screening, &paper, &record);
    text_init(&bytes, &c->arena);
    TRY(record_pdf(c, &record, api_config(api_of(in))->font, &bytes, &pages));
    reply_bytes(c, out, "application/pdf", bytes.data, bytes.size, "screening.pdf");
    return ST_OK;
}
