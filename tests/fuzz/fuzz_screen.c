/* A case as JSON through reading, screening and writing the answer; what comes out is JSON again. */
#include <stdlib.h>
#include <string.h>

#include "api/screen_json.h"
#include "core/knowledge_seed.h"
#include "fuzz/fuzz.h"

const char *const fuzz_seeds[] = {
    "{\"id\":\"1\",\"items\":[\"Dong Quai 10 g\"],\"drugs\":[\"Coumadin\"],\"conditions\":[\"pregnancy\"]}",
    "{\"items\":[\"Xue Fu Zhu Yu Tang\",\"gan cao 6 g + gan sui 1 g\"],\"drugs\":[],\"age_years\":70}",
    "{\"formulas\":[\"Sho-saiko-to\"],\"drugs\":[\"interferon\"],\"conditions\":[\"cirrhosis\"],\"country\":"
    "\"au\"}",
    "{\"herbs\":[\"ju hua\"],\"allergies\":[\"Asteraceae\",\"dang "
    "gui\"],\"pregnant\":true,\"surgery_in_days\":3}",
    "{\"procedures\":[\"wet cupping\"],\"drugs\":[\"blood thinner\",\"Cartia\",\"Aggrenox\"]}",
    NULL,
};

static const struct knowledge *rule_book(void)
{
    static struct ctx c;
    static struct knowledge *k;

    if (k == NULL) {
        ctx_init(&c);
        if (knowledge_from_seed(&c, &k) != ST_OK)
            abort();
    }
    return k;
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    const struct knowledge *k = rule_book();
    struct json_object *in;
    struct json_object *again;
    struct screen_case screened;
    struct screening answer;
    struct json_writer w;
    struct text text;

    if (json_parse_object(c, data, size, &in) != ST_OK || screen_case_read(c, k, in, &screened) != ST_OK ||
        json_end(in) != ST_OK)
        return;
    screen_case_run(&c->arena, k, &screened, &answer);
    for (size_t i = 1; i < answer.count; i++)
        if (answer.findings[i].severity > answer.findings[i - 1].severity)
            abort();
    text_init(&text, &c->arena);
    json_init(&w, &text);
    screen_answer_write(&w, k, &screened, &answer);
    if (json_parse_object(c, text.data, text.size, &again) != ST_OK)
        abort();
}
