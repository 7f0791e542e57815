/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phone.c - is one telephone number another one? */
#include "core/phone.h"

#include <string.h>

enum { MIN_DIGITS = 3, MAX_DIGITS = 20, MIN_END = 7 };
enum { MAX_COUNTRY = 999, MAX_COUNTRY_DIGITS = 3 };

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

/* As it is dialled at home: with a zero, with the one that it has, or without. */
static void
add_at_home(GPtrArray *spellings, const char *number)
{
    if (strlen(without_zeros(number)) < MIN_END)
        return;
    g_ptr_array_add(spellings, g_strdup(number));
    if (*number != '0')
        g_ptr_array_add(spellings, g_strconcat("0", number, NULL));
}

/* Some countries keep the zero behind their code. */
static void
add_from_abroad(GPtrArray *spellings, const char *number)
{
    const char *end = without_zeros(number);

    if (strlen(end) < MIN_END)
        return;
    for (int country = 1; country <= MAX_COUNTRY; country++) {
        g_ptr_array_add(spellings, g_strdup_printf("+%d%s", country, end));
        if (end != number)
            g_ptr_array_add(spellings, g_strdup_printf("+%d%s", country, number));
    }
}

GPtrArray *
rp_phone_spellings(const char *number)
{
    GPtrArray *spellings = g_ptr_array_new_with_free_func(g_free);
    size_t n = strlen(number);

    g_ptr_array_add(spellings, g_strdup(number));
    if (*number != '+') {
        add_at_home(spellings, without_zeros(number));
        add_from_abroad(spellings, number);
        return spellings;
    }
    for (size_t i = 1; i <= MAX_COUNTRY_DIGITS && i + 1 < n; i++)
        add_at_home(spellings, number + 1 + i);
    return spellings;
}
