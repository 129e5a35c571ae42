/* A name in the ways people write it. */
#include "support/spell.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "clinic/names_index.h"

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static const char *upper(struct arena *arena, const char *name)
{
    char *out = arena_text(arena, name);

    for (char *at = out; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return is_ascii(name) ? out : NULL;
}

static const char *lower(struct arena *arena, const char *name)
{
    char *out = arena_text(arena, name);

    for (char *at = out; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return is_ascii(name) ? out : NULL;
}

/* Every blank as something else. */
static const char *joined(struct arena *arena, const char *name, const char *by)
{
    struct text out;

    if (strchr(name, ' ') == NULL)
        return NULL;
    text_init(&out, arena);
    for (const char *at = name; *at != '\0'; at++)
        if (*at == ' ')
            text_add(&out, by);
        else
            text_add_char(&out, *at);
    return out.data == NULL ? NULL : out.data;
}

static const char *without_blanks(struct arena *arena, const char *name)
{
    return joined(arena, name, "");
}

static const char *hyphens(struct arena *arena, const char *name)
{
    return joined(arena, name, "-");
}

static const char *apostrophes(struct arena *arena, const char *name)
{
    return joined(arena, name, "\xE2\x80\x99");
}

static const char *underscores(struct arena *arena, const char *name)
{
    return joined(arena, name, "_");
}

static const char *wide_blanks(struct arena *arena, const char *name)
{
    return joined(arena, name, "\xE3\x80\x80 \xC2\xA0");
}

/* With marks that show nothing: right-to-left, zero width, soft hyphen. */
static const char *hidden_marks(struct arena *arena, const char *name)
{
    const char *at = name;

    (void)utf8_next(&at);
    return arena_printf(arena, "\xE2\x80\xAE%.*s\xE2\x80\x8B\xC2\xAD%s\xEF\xBB\xBF", (int)(at - name), name,
                        at);
}

static const char *full_width(struct arena *arena, const char *name)
{
    struct text out;

    if (!is_ascii(name))
        return NULL;
    text_init(&out, arena);
    for (; *name != '\0'; name++)
        text_add_code(&out, *name == ' ' ? 0x3000 : (uint32_t)(unsigned char)*name + 0xFEE0);
    return out.data;
}

static const struct {
    const char *marked;
    const char *plain, *number;
} vowels[] = {
    { "ā", "a", "1" }, { "á", "a", "2" }, { "ǎ", "a", "3" }, { "à", "a", "4" }, { "ē", "e", "1" },
    { "é", "e", "2" }, { "ě", "e", "3" }, { "è", "e", "4" }, { "ī", "i", "1" }, { "í", "i", "2" },
    { "ǐ", "i", "3" }, { "ì", "i", "4" }, { "ō", "o", "1" }, { "ó", "o", "2" }, { "ǒ", "o", "3" },
    { "ò", "o", "4" }, { "ū", "u", "1" }, { "ú", "u", "2" }, { "ǔ", "u", "3" }, { "ù", "u", "4" },
    { "ǖ", "v", "1" }, { "ǘ", "v", "2" }, { "ǚ", "v", "3" }, { "ǜ", "v", "4" }, { "ü", "v", "" },
    { "Ā", "a", "1" }, { "Á", "a", "2" }, { "Ǎ", "a", "3" }, { "À", "a", "4" }, { "Ē", "e", "1" },
    { "É", "e", "2" }, { "Ě", "e", "3" }, { "È", "e", "4" }, { "Ō", "o", "1" }, { "Ó", "o", "2" },
    { "Ǒ", "o", "3" }, { "Ò", "o", "4" },
};

/* Tone marks as numbers behind the syllable, or dropped. */
static const char *marks(struct arena *arena, const char *name, bool numbers, const char *between)
{
    struct text out;
    const char *tone = "";
    bool marked = false;

    text_init(&out, arena);
    for (const char *at = name;;) {
        size_t found = sizeof vowels / sizeof *vowels;

        if (*at == ' ' || *at == '\0') {
            text_add(&out, numbers ? tone : "");
            if (*at == '\0')
                break;
            text_add(&out, between);
            tone = "5";
            at++;
            continue;
        }
        for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
            if (strncmp(at, vowels[i].marked, strlen(vowels[i].marked)) == 0)
                found = i;
        if (found == sizeof vowels / sizeof *vowels) {
            text_add_char(&out, *at++);
            continue;
        }
        marked = true;
        text_add(&out, vowels[found].plain);
        tone = *vowels[found].number == '\0' ? tone : vowels[found].number;
        at += strlen(vowels[found].marked);
    }
    return marked && strpbrk(name, ";,/()'") == NULL ? out.data : NULL;
}

static const char *without_marks(struct arena *arena, const char *name)
{
    return marks(arena, name, false, " ");
}

static const char *tone_numbers(struct arena *arena, const char *name)
{
    return marks(arena, name, true, " ");
}

static const char *tone_numbers_joined(struct arena *arena, const char *name)
{
    return marks(arena, name, true, "");
}

/* Chinese characters in the other form: all of them, or every second. */
static const char *converted(struct arena *arena, const char *name, bool to_traditional, bool all)
{
    struct text out;
    size_t number = 0;
    bool changed = false;

    text_init(&out, arena);
    for (const char *at = name; *at != '\0'; number++) {
        uint32_t code = utf8_next(&at);
        uint32_t other = code;

        for (size_t line = 0; name_simplified[line] != NULL && code >= 0x2E80 && (all || number % 2 == 1);
             line++)
            for (const char *pair = name_simplified[line]; *pair != '\0';) {
                uint32_t traditional = utf8_next(&pair);
                uint32_t simplified = utf8_next(&pair);

                if (other == code && code == (to_traditional ? simplified : traditional))
                    other = to_traditional ? traditional : simplified;
            }
        changed = changed || other != code;
        text_add_code(&out, other);
    }
    return changed ? out.data : NULL;
}

static const char *traditional(struct arena *arena, const char *name)
{
    return converted(arena, name, true, true);
}

static const char *simplified(struct arena *arena, const char *name)
{
    return converted(arena, name, false, true);
}

static const char *half_traditional(struct arena *arena, const char *name)
{
    return converted(arena, name, true, false);
}

static const char *half_simplified(struct arena *arena, const char *name)
{
    return converted(arena, name, false, false);
}

spelling *const spellings[] = { upper,       lower,         without_blanks,   hyphens,
                                apostrophes, underscores,   wide_blanks,      hidden_marks,
                                full_width,  without_marks, tone_numbers,     tone_numbers_joined,
                                traditional, simplified,    half_traditional, half_simplified,
                                NULL };
