/* Other ways to write a whole name: tone numbers after the syllables, the botanist who described a plant behind its name. */
#include <ctype.h>
#include <string.h>

#include "clinic/names_index.h"

static bool is_tone(char letter)
{
    return letter >= '1' && letter <= '5';
}

static bool is_letter(char letter)
{
    return isalpha((unsigned char)letter) || (unsigned char)letter >= 0x80 || letter == ':' || letter == '\'';
}

bool name_without_tones(const char *text, char out[NAME_KEY_SIZE])
{
    size_t used = 0;
    size_t run = 0;
    size_t tones = 0;
    size_t bare = 0; /* syllables without a number */

    if (strlen(text) >= NAME_KEY_SIZE)
        return false;
    for (const char *at = text; *at != '\0'; at++) {
        if (isdigit((unsigned char)*at)) {
            if (!is_tone(*at) || run == 0 || run > 8 || isdigit((unsigned char)at[1]))
                return false;
            tones++;
            run = 0;
            out[used++] = ' ';
            continue;
        }
        if (!is_letter(*at)) {
            bare += run > 0;
            run = 0;
        } else {
            run++;
        }
        out[used++] = *at;
    }
    bare += run > 0;
    out[used] = '\0';
    return tones > bare;
}

/* Botanists whose names are written without a full stop, or often so. */
static bool is_author(const char *word, size_t size)
{
    static const char *const authors[] = {
        "L",     "DC",     "Bunge",   "Diels",   "Thunb",   "Pall",    "Willd",  "Mey",   "Meyer",
        "Maxim", "Regel",  "Siebold", "Libosch", "Ledeb",   "Hance",   "Franch", "Fisch", "Schrad",
        "Nakai", "Kitag",  "Makino",  "Miq",     "Turcz",   "Benth",   "Hook",   "Lour",  "Houtt",
        "Burm",  "Rehder", "Wils",    "Ait",     "Mill",    "Gaertn",  "Roxb",   "Juss",  "Koidz",
        "Oliv",  "Blume",  "Presl",   "Steud",   "Wall",    "Debeaux", "Linn",   "Zucc",  "Kitam",
        "Ohwi",  "Merr",   "Hemsl",   "Baker",   "Britton", "Wilson",  "Decne",  "Royle", "Boiss",
        "Lam",   "Jacq",   "Murray",  "Murr",    "Poir",    "Pers",    "Fr",     "Karst", "Wolf"
    };

    while (size > 0 && strchr(".,)", word[size - 1]) != NULL)
        size--;
    for (; size > 0 && *word == '('; size--)
        word++;
    for (size_t i = 0; i < sizeof authors / sizeof *authors; i++)
        if (strlen(authors[i]) == size && strncmp(authors[i], word, size) == 0)
            return true;
    return false;
}

/* "(Oliv.)", "Diels", "C.A.", "ex", "&": what may stand in the citation of a plant's name; once there is one, any name. A rank (var., subsp.) may not: with it
   the name means another plant. */
static bool is_citation(const char *word, size_t size, bool cited)
{
    static const char *const links[] = { "ex", "et", "&", "f.", "fil.", "in", "and" };

    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (strlen(links[i]) == size && strncmp(links[i], word, size) == 0)
            return true;
    if (is_author(word, size))
        return true;
    return (isupper((unsigned char)*word) || *word == '(') && (cited || memchr(word, '.', size) != NULL);
}

/* The blank-separated word at *at, moving past it; its size, 0 at the end. */
static size_t next_word(const char **at, const char **word)
{
    *at += strspn(*at, " ");
    *word = *at;
    *at += strcspn(*at, " ");
    return (size_t)(*at - *word);
}

bool name_without_authors(const char *text, char out[NAME_KEY_SIZE])
{
    const char *at = text;
    const char *genus;
    const char *epithet;
    const char *word;
    size_t genus_size = next_word(&at, &genus);
    size_t epithet_size = next_word(&at, &epithet);
    size_t size = (size_t)(at - text);
    bool cited = false;

    if (genus_size < 3 || epithet_size < 3 || !isalpha((unsigned char)*genus) ||
        !islower((unsigned char)*epithet) || size >= NAME_KEY_SIZE)
        return false;
    for (size_t word_size = next_word(&at, &word); word_size > 0; word_size = next_word(&at, &word)) {
        if (!is_citation(word, word_size, cited))
            return false;
        cited = true;
    }
    memcpy(out, text, size);
    out[size] = '\0';
    return cited;
}
