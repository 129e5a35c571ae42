/* A caption beside the same in the patient's language. */
#include <string.h>

#include "print/label.h"

static const char *in_language(const struct label_word *word, const char *language)
{
    if (strcmp(language, "zh_hant") == 0)
        return word->zh_hant;
    if (strcmp(language, "polish") == 0)
        return word->polish;
    if (strcmp(language, "spanish") == 0)
        return word->spanish;
    return word->zh_hans;
}

/* NULL when the words are not in the list. */
static const struct label_word *word_find(const char *english)
{
    const struct label_word *word = label_word_list;

    while (word->english != NULL && strcmp(word->english, english) != 0)
        word++;
    return word->english == NULL ? NULL : word;
}

const char *label_words_alone(const char *language, const char *english)
{
    const struct label_word *word = english == NULL ? NULL : word_find(english);
    const char *own = NULL;

    if (word != NULL && language != NULL && strcmp(language, "english") != 0)
        own = in_language(word, language);
    return own == NULL ? english : own;
}

const char *label_words(struct ctx *c, const char *language, const char *english)
{
    const struct label_word *word;
    const char *own;

    if (english == NULL)
        return NULL;
    word = word_find(english);
    own = word == NULL ? NULL : in_language(word, language == NULL ? "" : language);
    if (own == NULL || strcmp(own, english) == 0)
        return english;
    return arena_printf(&c->arena, own == word->polish || own == word->spanish ? "%s / %s" : "%s %s", english,
                        own);
}
