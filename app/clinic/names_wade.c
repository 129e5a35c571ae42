/* Wade-Giles spellings, as older books and labels have them (huang ch'i, fu tzu, pan hsia), worked out from the pinyin. Apostrophes
   and marks are left out: they do not count in a comparison form, and people leave them out too. */
#include <string.h>

#include "clinic/names_index.h"

struct respelling {
    const char *pinyin, *wade;
};

/* Whole syllables that go their own way. */
static const struct respelling syllables[] = {
    { "zi", "tzu" },   { "ci", "tzu" },    { "si", "ssu" },    { "zhi", "chih" }, { "chi", "chih" },
    { "shi", "shih" }, { "ri", "jih" },    { "ge", "ko" },     { "ke", "ko" },    { "he", "ho" },
    { "gui", "kuei" }, { "kui", "kuei" },  { "er", "erh" },    { "you", "yu" },   { "yan", "yen" },
    { "ye", "yeh" },   { "yue", "yueh" },  { "yong", "yung" }, { "guo", "kuo" },  { "kuo", "kuo" },
    { "huo", "huo" },  { "shuo", "shuo" },
};

/* Longer beginnings first. */
static const struct respelling initials[] = {
    { "zh", "ch" }, { "ch", "ch" }, { "sh", "sh" }, { "b", "p" },  { "p", "p" },  { "d", "t" },
    { "t", "t" },   { "g", "k" },   { "k", "k" },   { "j", "ch" }, { "q", "ch" }, { "x", "hs" },
    { "r", "j" },   { "z", "ts" },  { "c", "ts" },  { "m", "m" },  { "f", "f" },  { "n", "n" },
    { "l", "l" },   { "h", "h" },   { "s", "s" },   { "y", "y" },  { "w", "w" },
};

static const struct respelling finals[] = {
    { "ie", "ieh" }, { "ian", "ien" }, { "ue", "ueh" }, { "iong", "iung" }, { "ong", "ung" }, { "uo", "o" },
};

static const char *respelled(const struct respelling *table, size_t count, const char *pinyin)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].pinyin, pinyin) == 0)
            return table[i].wade;
    return NULL;
}

static void add_syllable(struct text *out, const char *pinyin)
{
    const char *whole = respelled(syllables, sizeof syllables / sizeof *syllables, pinyin);
    const char *rest = pinyin;
    const char *final;

    if (whole != NULL) {
        text_add(out, whole);
        return;
    }
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++)
        if (strncmp(pinyin, initials[i].pinyin, strlen(initials[i].pinyin)) == 0) {
            text_add(out, initials[i].wade);
            rest = pinyin + strlen(initials[i].pinyin);
            break;
        }
    final = respelled(finals, sizeof finals / sizeof *finals, rest);
    text_add(out, final == NULL ? rest : final);
}

const char *name_wade_giles(struct arena *arena, const char *pinyin)
{
    size_t count;
    char **parts = text_split(arena, pinyin, ' ', &count);
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_add_char(&out, ' ');
        add_syllable(&out, parts[i]);
    }
    return out.size == 0 ? "" : out.data;
}
