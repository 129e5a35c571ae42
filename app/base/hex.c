/* Bytes as hexadecimal text and back, for bytea. */
#include "base/hex.h"

const char *hex_text(struct arena *arena, const char *data, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * size + 3);
    char *at = text;

    *at++ = '\\';
    *at++ = 'x';
    for (size_t i = 0; i < size; i++) {
        *at++ = digits[(unsigned char)data[i] >> 4];
        *at++ = digits[(unsigned char)data[i] & 15];
    }
    *at = '\0';
    return text;
}

/* PostgreSQL writes lower case. */
static unsigned from_digit(char digit)
{
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10) & 15;
}

const unsigned char *hex_bytes(struct arena *arena, const char *text, size_t size)
{
    unsigned char *bytes = arena_alloc(arena, size + 1);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(from_digit(text[2 * i + 2]) << 4 | from_digit(text[2 * i + 3]));
    bytes[size] = '\0';
    return bytes;
}
