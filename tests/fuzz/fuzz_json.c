/* The JSON reader: whatever comes in, it answers with a fault or with values inside its limits. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "json/json_read.h"

const char *const fuzz_seeds[] = {
    "{\"items\":[\"Dong Quai 10 g\",\"Bu Zhong Yi Qi Wan\"],\"drugs\":[\"Coumadin\"],\"conditions\":[]}",
    "{\"id\":\"x\",\"lines\":[{\"mg\":9000,\"herb\":\"当归\",\"on\":\"2027-03-31\"},{\"mg\":-1}],\"deep\":{"
    "\"a\":{\"b\":[[1]]}}}",
    "{\"n\":9007199254740993,\"f\":1.5,\"e\":1e3,\"t\":true,\"z\":null,\"u\":\"\\u4e2d\\ud83d\\ude00\"}",
    NULL,
};

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    struct json_object *object;
    struct json_object **lines;
    const char *text;
    int64_t number;
    size_t count;

    if (json_parse_object(c, data, size, &object) != ST_OK)
        return;
    text = json_get_text_or(object, "id", 20, "");
    if (!utf8_valid(text, strlen(text)) || utf8_length(text) > 20)
        abort();
    number = json_get_i64_or(object, "n", -5, 5, 0);
    if (number < -5 || number > 5)
        abort();
    (void)json_get_texts(object, "items", 10, 100, &count);
    if (count > 10)
        abort();
    lines = json_get_objects(object, "lines", 0, &count);
    for (size_t i = 0; i < count; i++) {
        (void)json_get_i64(lines[i], "mg", 1, 1000000);
        (void)json_get_date_or(lines[i], "on", DATE_NONE);
    }
    if (json_end(object) != ST_OK && c->fault.count == 0)
        abort();
}
