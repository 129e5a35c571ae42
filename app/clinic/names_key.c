/* The comparison form of a name: what is left when case, accents, tone marks, spaces, punctuation, full-width forms and the choice of
   traditional or simplified characters no longer matter. */
#include <string.h>

#include "clinic/names_index.h"

/* Base letters of U+00C0…U+017F; '.' where the character stands for itself or for nothing. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const struct name_fold vowels[] = {
    { 0x01CD, 'a' }, { 0x01CE, 'a' }, { 0x01CF, 'i' }, { 0x01D0, 'i' }, { 0x01D1, 'o' }, { 0x01D2, 'o' },
    { 0x01D3, 'u' }, { 0x01D4, 'u' }, { 0x01D5, 'u' }, { 0x01D6, 'u' }, { 0x01D7, 'u' }, { 0x01D8, 'u' },
    { 0x01D9, 'u' }, { 0x01DA, 'u' }, { 0x01DB, 'u' }, { 0x01DC, 'u' }, { 0x01F8, 'n' }, { 0x01F9, 'n' },
};

uint32_t name_fold_find(const struct name_fold *folds, size_t count, uint32_t code)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = (low + count) / 2;

        if (folds[middle].from == code)
            return folds[middle].to;
        if (folds[middle].from < code)
            low = middle + 1;
        else
            count = middle;
    }
    return 0;
}

static bool is_letter_or_digit(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
}

/* The code point's base form; 0 when it doesn't count. v is read as u: people type lv, lu and lü for one sound. */
static uint32_t base_form(const struct name_fold *folds, size_t count, uint32_t code)
{
    uint32_t folded;

    if (code >= 0xFF01 && code <= 0xFF5E)
        code -= 0xFEE0;
    if (code >= 'A' && code <= 'Z')
        code += 'a' - 'A';
    if (code < 0x80)
        return code == 'v' ? 'u' : is_letter_or_digit(code) ? code : 0;
    if (code >= 0xC0 && code < 0xC0 + sizeof latin - 1)
        return latin[code - 0xC0] == '.' ? 0 : (uint32_t)(unsigned char)latin[code - 0xC0];
    folded = name_fold_find(vowels, sizeof vowels / sizeof *vowels, code);
    if (folded != 0)
        return folded;
    if (code < 0x0370 || (code >= 0x1E00 && code < 0x3041)) /* marks, punctuation, symbols */
        return code >= 0x2160 && code <= 0x217F ? code : 0;
    if (code >= 0x3041 && code <= 0x3096) /* hiragana as katakana */
        return code + 0x60;
    if (code == 0x30FB || (code >= 0xFE00 && code <= 0xFE6F) || code == 0xFEFF || code >= 0xFF5F)
        return code >= 0x20000 ? code : 0;
    folded = name_fold_find(folds, count, code);
    return folded == 0 ? code : folded;
}

static size_t put_code(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

size_t name_key_fold(const struct name_fold *folds, size_t fold_count, const char *text, size_t size,
                     char key[NAME_KEY_SIZE])
{
    const char *at = text;
    size_t used = 0;

    while (at < text + size && used + 5 < NAME_KEY_SIZE) {
        uint32_t code = utf8_next(&at);

        if (code == 0)
            break;
        code = base_form(folds, fold_count, code);
        if (code != 0)
            used += put_code(code, key + used);
    }
    key[used] = '\0';
    return used;
}

size_t name_key(const struct knowledge *k, const char *text, size_t size, char key[NAME_KEY_SIZE])
{
    return name_key_fold(k->names->folds, k->names->fold_count, text, size, key);
}

/* 64 bits: a to z once and twice, other bytes (digits, parts of characters) in the 12 that are left. */
uint64_t name_letters(const char *key, size_t size)
{
    uint64_t letters = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)key[i];
        uint64_t once = UINT64_C(1) << (unsigned char)(byte - 'a') % 64;

        if (byte < 'a' || byte > 'z')
            letters |= UINT64_C(1) << (52 + byte % 12);
        else
            letters |= (letters & once) == 0 ? once : once << 26;
    }
    return letters;
}

uint32_t name_sound_number(const char *syllable)
{
    uint32_t number = 0;
    size_t size = strlen(syllable);

    for (size_t i = 0; i < size; i++) {
        if (size > 6 || syllable[i] < 'a' || syllable[i] > 'z')
            return 0;
        number = number << 5 | (uint32_t)(syllable[i] - 'a' + 1);
    }
    return number;
}

uint64_t name_sound_set(const struct name_index *index, const char *key)
{
    uint64_t set = 0;

    for (const char *at = key; *at != '\0';) {
        uint32_t code = utf8_next(&at);
        uint32_t sound = name_fold_find(index->sounds, index->sound_count, code);

        set |= UINT64_C(1) << ((sound == 0 ? code : sound) * UINT32_C(0x9E3779B1) >> 26);
    }
    return set;
}

size_t name_bit(const char *key)
{
    uint32_t hash = UINT32_C(2166136261); /* FNV-1a */

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT32_C(16777619);
    return (hash ^ hash >> 17) % NAME_PRESENT_BITS;
}

bool name_maybe_present(const struct name_index *index, const char *key)
{
    size_t bit = name_bit(key);

    return (index->present[bit / 64] >> bit % 64 & 1) != 0;
}
