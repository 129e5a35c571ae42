/* Parameters as the text PostgreSQL reads. */
#include "base/text.h"
#include "db/internal.h"

static void quoted_element(struct text *out, const char *element)
{
    if (element == NULL) {
        text_add(out, "NULL");
        return;
    }
    text_add_char(out, '"');
    for (; *element != '\0'; element++) {
        if (*element == '"' || *element == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *element);
    }
    text_add_char(out, '"');
}

static const char *list_text(struct arena *arena, const struct param *param)
{
    const int64_t *numbers = param->list;
    const char *const *texts = param->list;
    struct text out;

    text_init(&out, arena);
    text_add_char(&out, '{');
    for (size_t i = 0; i < param->count; i++) {
        if (i > 0)
            text_add_char(&out, ',');
        if (param->kind == PARAM_I64_LIST)
            text_addf(&out, "%lld", (long long)numbers[i]);
        else
            quoted_element(&out, texts[i]);
    }
    text_add_char(&out, '}');
    return out.data;
}

const char *texts_text(struct arena *arena, const char *const *list, size_t count)
{
    const struct param param = TEXTS(list, count);

    return list_text(arena, &param);
}

const char *param_text(struct arena *arena, const struct param *param)
{
    switch (param->kind) {
    case PARAM_NULL:
        return NULL;
    case PARAM_I64:
        return arena_printf(arena, "%lld", (long long)param->number);
    case PARAM_TEXT:
        return param->text;
    case PARAM_BOOL:
        return param->number != 0 ? "t" : "f";
    case PARAM_DATE:
        return date_text(arena, (struct date){ (int32_t)param->number });
    case PARAM_INSTANT:
        return arena_printf(arena, "%.19s.%06d+00", instant_text(arena, (struct instant){ param->number }),
                            (int)(param->number % 1000000));
    case PARAM_I64_LIST:
    case PARAM_TEXT_LIST:
        return list_text(arena, param);
    }
    return NULL;
}
