/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone.c - is one telephone number another one? */
#include "core/phone.h"

#include <glib.h>
#include <string.h>

enum { MIN_DIGITS = 3, MAX_DIGITS = 20, MIN_END = 7 };

/* "(0)" stands for what is dialled only without the country's code. */
static void
drop_trunk_zero(GString *digits, const char **at)
{
    if (g_str_has_prefix(*at, "(0)") && digits->len > 0 && digits->str[0] == '+')
        *at += strlen("(0)");
}

static bool
read_digits(const char *text, GString *digits)
{
    for (const char *at = text; *at != '\0' && *at != ';'; at++) {
        drop_trunk_zero(digits, &at);
        if (*at == '\0' || *at == ';')
            break;
        if (g_ascii_isdigit(*at) || (*at == '+' && digits->len == 0))
            g_string_append_c(digits, *at);
        else if (strchr(" -./()\t", *at) == NULL)
            return false;
    }
    return true;
}

char *
rp_phone_normalize(const char *text)
{
    g_autoptr(GString) digits = g_string_new(NULL);
    gsize n;

    if (g_ascii_strncasecmp(text, "tel:", strlen("tel:")) == 0)
        text += strlen("tel:");
    if (!read_digits(text, digits))
        return NULL;
    if (g_str_has_prefix(digits->str, "00")) {
        g_string_erase(digits, 0, 2);
        g_string_prepend_c(digits, '+');
    }
    n = digits->len - (digits->len > 0 && digits->str[0] == '+' ? 1 : 0);
    return n >= MIN_DIGITS && n <= MAX_DIGITS ? g_strdup(digits->str) : NULL;
}

static const char *
without_zeros(const char *number)
{
    return number + strspn(number, "0");
}

bool
rp_phone_is_same(const char *one, const char *other)
{
    const char *end = one, *whole = other;

    if (strcmp(one, other) == 0)
        return true;
    if (*one == '+' && *other == '+')
        return false;
    if (*one == '+' || (*other != '+' && strlen(one) > strlen(other))) {
        end = other;
        whole = one;
    }
    end = without_zeros(end);
    return strlen(end) >= MIN_END && g_str_has_suffix(whole, end);
}
