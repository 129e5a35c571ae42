/* Text of others as it may stand in a card: plain, short, and never read as Markdown, HTML or a link. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "api/cds.h"
#include "base/text.h"

/* Characters that turn text round, join or hide it: their only use here would be to deceive. */
static bool is_hidden(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF || (code >= 0x7F && code <= 0x9F);
}

static bool is_space(uint32_t code)
{
    return code <= ' ' || code == 0x2028 || code == 0x2029;
}

/* "www." alone makes a link of what follows. */
static bool ends_in_www(const struct text *out, uint32_t code)
{
    return code == '.' && out->size >= 3 && strncasecmp(out->data + out->size - 3, "www", 3) == 0;
}

/* One line of at most `longest` visible characters; `marked` puts a backslash before what Markdown would read. */
static const char *one_line(struct arena *arena, const char *text, size_t longest, const char *marked)
{
    struct text out;
    bool space = false;
    size_t n = 0;

    text_init(&out, arena);
    for (uint32_t code = utf8_next(&text); code != 0; code = utf8_next(&text)) {
        if (is_hidden(code))
            continue;
        if (is_space(code)) {
            space = n > 0;
            continue;
        }
        if (n + space + 1 > longest - 1 && *text != '\0') {
            text_add(&out, "…");
            break;
        }
        if (space)
            text_add_char(&out, ' ');
        n += 1 + (size_t)space;
        space = false;
        if (code < 0x80 &&
            (strchr(marked, (int)code) != NULL || (*marked != '\0' && ends_in_www(&out, code))))
            text_add_char(&out, '\\');
        text_add_code(&out, code);
    }
    return out.data;
}

const char *text_short(struct arena *arena, const char *text, size_t longest)
{
    return one_line(arena, text, longest, "");
}

const char *markdown_plain(struct arena *arena, const char *text, size_t longest)
{
    /* ':' and the dot behind "www" keep GitHub's Markdown from making links of bare addresses. */
    return one_line(arena, text, longest, "\\`*_[]<>#|~&!@:");
}

/* The digits behind a word in the text, or NULL. */
static const char *number_behind(struct arena *arena, const char *text, const char *word)
{
    const char *at = strcasestr(text, word);
    size_t n;

    if (at == NULL)
        return NULL;
    at += strlen(word);
    at += strspn(at, ": ");
    n = strspn(at, "0123456789");
    return n == 0 || n > 12 ? NULL : arena_text_n(arena, at, n);
}

/* What may stand in a URL unescaped stays; the rest is percent-encoded. */
static const char *escaped(struct arena *arena, const char *text, size_t size)
{
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];

        if (isalnum(byte) || strchr("-._~", byte) != NULL)
            text_add_char(&out, (char)byte);
        else
            text_addf(&out, "%%%02X", byte);
    }
    return out.data;
}

/* "… Ann Thorac Surg 1998;66(3):941-942": a year with a volume behind it makes it a publication one can search for. */
static bool is_publication(const char *text)
{
    for (const char *at = strchr(text, ';'); at != NULL; at = strchr(at + 1, ';'))
        if (at - text >= 4 && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[-4]) &&
            isdigit((unsigned char)at[1]))
            return true;
    return false;
}

const char *citation_url(struct arena *arena, const char *citation)
{
    const char *at = strstr(citation, "https://"), *number;

    if (at != NULL)
        return arena_text_n(arena, at, strcspn(at, " ,;)|"));
    number = number_behind(arena, citation, "PMID");
    if (number != NULL)
        return arena_printf(arena, "https://pubmed.ncbi.nlm.nih.gov/%s/", number);
    number = number_behind(arena, citation, "PMC");
    if (number != NULL)
        return arena_printf(arena, "https://pmc.ncbi.nlm.nih.gov/articles/PMC%s/", number);
    at = strcasestr(citation, "doi");
    at = at == NULL ? NULL : strstr(at, "10.");
    if (at != NULL)
        return arena_printf(arena, "https://doi.org/%.*s", (int)strcspn(at, " ,;)|"), at);
    if (!is_publication(citation))
        return NULL;
    return arena_printf(arena, "https://pubmed.ncbi.nlm.nih.gov/?term=%s",
                        escaped(arena, citation, strcspn(citation, "|")));
}
