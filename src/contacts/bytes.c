/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes.c - lines and charsets of foreign files */
#include "contacts/bytes.h"

#include <string.h>

enum { MAX_CHARSET = 40 };

bool
rp_bytes_line(RpBytes *rest, RpBytes *line)
{
    const char *p = rest->p;

    if (p == rest->end)
        return false;
    while (p < rest->end && *p != '\n' && *p != '\r')
        p++;
    *line = (RpBytes){rest->p, p};
    if (p < rest->end)
        p += p[0] == '\r' && p + 1 < rest->end && p[1] == '\n' ? 2 : 1;
    rest->p = p;
    return true;
}

/* A name that iconv may be asked for. */
static bool
is_charset(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < n; i++)
        if (!g_ascii_isalnum(name[i]) && strchr("-_:.", name[i]) == NULL)
            return false;
    return n > 0 && n <= MAX_CHARSET;
}

/* NULL if it cannot be. */
static GString *
convert(const char *bytes, size_t n, const char *charset)
{
    gsize n_text = 0;
    g_autofree char *text = NULL;

    if (!is_charset(charset))
        return NULL;
    text = g_convert(bytes, (gssize)n, "UTF-8", charset, NULL, &n_text, NULL);
    return text != NULL && g_utf8_validate_len(text, n_text, NULL)
               ? g_string_new_len(text, (gssize)n_text)
               : NULL;
}

static GString *
decode(const char *bytes, size_t n, const char *charset)
{
    /* Japanese has bytes that Windows-1252 does not know; few texts of other
     * languages have. */
    static const char *const fallbacks[] = {"WINDOWS-1252", "CP932", "ISO-8859-1"};
    GString *text = NULL;

    if (charset != NULL)
        text = convert(bytes, n, charset);
    if (text == NULL && g_utf8_validate_len(bytes, n, NULL))
        text = g_string_new_len(bytes, (gssize)n);
    for (size_t i = 0; text == NULL && i < G_N_ELEMENTS(fallbacks); i++)
        text = convert(bytes, n, fallbacks[i]);
    return text != NULL ? text : g_string_new(NULL);
}

GString *
rp_bytes_decode(const char *bytes, size_t n, const char *charset)
{
    GString *text;

    if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        n -= 3;
    } else if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 ||
                          memcmp(bytes, "\xfe\xff", 2) == 0)) {
        charset = "UTF-16";
        n -= n % 2;
    }
    if (memchr(bytes, '\0', n) != NULL && g_strcmp0(charset, "UTF-16") != 0) {
        g_autoptr(GString) clean = g_string_new_len(bytes, (gssize)n);

        for (gsize i = 0; i < clean->len; i++)
            if (clean->str[i] == '\0')
                clean->str[i] = ' ';
        return rp_bytes_decode(clean->str, clean->len, charset);
    }
    text = decode(bytes, n, charset);
    for (gsize i = 0; i < text->len; i++)
        if (text->str[i] == '\0')
            text->str[i] = ' ';
    return text;
}
