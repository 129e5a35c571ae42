/* What no label may carry although a font may have it. */
#include "print/characters.h"

#include "base/text.h"

enum { PICTURES_FROM = 0x1F000, PICTURES_TO = 0x1FAFF };

static bool is_barred(uint32_t code)
{
    static const uint32_t spans[][2] = { { 0x061C, 0x061C },
                                         { 0x200B, 0x200F },
                                         { 0x202A, 0x202E },
                                         { 0x2060, 0x2069 },
                                         { 0xFE00, 0xFE0F },
                                         { 0xFEFF, 0xFEFF },
                                         { PICTURES_FROM, PICTURES_TO },
                                         { 0xE0000, 0xE01EF } };

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (code >= spans[i][0] && code <= spans[i][1])
            return true;
    return false;
}

enum status characters_check(struct ctx *c, const char *field, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const uint32_t code = utf8_next(&at);

        if (is_barred(code))
            return ctx_fail(c, ST_INVALID, field, arena_printf(&c->arena, "U+%04X", (unsigned)code), "%s",
                            code >= PICTURES_FROM && code <= PICTURES_TO
                                ? "is a picture character, which labels do not carry: take it out"
                                : "is a mark that shows nothing or turns the writing round: take it out");
    }
    return ST_OK;
}
