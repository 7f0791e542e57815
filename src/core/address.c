/* SPDX-License-Identifier: GPL-3.0-or-later */
/* address.c - addresses made comparable, and what their form tells */
#include "core/address.h"

#include <string.h>

#include "core/envelope.h"

static const char GMAIL[] = "gmail.com";

char *
rp_lower(const char *text)
{
    GString *lower = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char(p, NULL))
        g_string_append_unichar(lower, g_unichar_tolower(g_utf8_get_char(p)));
    return g_string_free(lower, FALSE);
}

/* Invisible characters are left out. */
static char *
lower_visible(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    g_autofree char *lower = rp_lower(composed);
    g_autoptr(GString) visible = g_string_new(NULL);

    for (const char *p = lower; *p != '\0'; p = g_utf8_find_next_char(p, NULL))
        if (g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_FORMAT)
            g_string_append_unichar(visible, g_utf8_get_char(p));
    return g_utf8_normalize(visible->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static bool
is_allowed(gunichar c)
{
    return !g_unichar_isspace(c) && !g_unichar_iscntrl(c) && c != '<' && c != '>';
}

static bool
is_all_allowed(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char(p, NULL))
        if (!is_allowed(g_utf8_get_char(p)))
            return false;
    return true;
}

/* The domain that begins at domain, as A-labels, put in place of it. Full stops of
 * other scripts become dots only then. */
static char *
with_ascii_domain(const char *address, const char *domain)
{
    g_autofree char *ascii = g_hostname_to_ascii(domain);

    if (ascii == NULL || *ascii == '\0')
        return NULL;
    for (char *p = ascii; *p != '\0'; p++)
        *p = g_ascii_tolower(*p);
    for (size_t n = strlen(ascii); n > 0 && ascii[n - 1] == '.'; n--)
        ascii[n - 1] = '\0';
    if (*ascii == '\0')
        return NULL;
    return g_strdup_printf("%.*s%s", (int)(domain - address), address, ascii);
}

/* text is lower case and without white space around it. */
static char *
check_form(char *text)
{
    g_autofree char *owned = text;
    char *at = strrchr(text, '@');
    size_t length = strlen(text);

    if (at == NULL || at == text || !is_all_allowed(text))
        return NULL;
    while (text[length - 1] == '.')
        text[--length] = '\0';
    if (at[1] == '\0')
        return NULL;
    if (!g_str_is_ascii(at + 1))
        return with_ascii_domain(text, at + 1);
    return g_steal_pointer(&owned);
}

static bool
is_plain(char c)
{
    return g_ascii_isalnum(c) || c == '@' || c == '.' || c == '-' || c == '_' ||
           c == '+' || c == '=';
}

/* Most addresses are plain: letters, digits and what parts them. In lower case, or
 * NULL if this one is not, or not for certain. */
static char *
normalize_plain(const char *address, size_t n)
{
    g_autofree char *result = NULL;
    size_t n_ats = 0;

    if (n < 3 || n > RP_MAX_ADDRESS || address[0] == '@' || address[n - 1] == '@' ||
        address[n - 1] == '.')
        return NULL;
    result = g_malloc(n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!is_plain(address[i]))
            return NULL;
        n_ats += address[i] == '@';
        result[i] = g_ascii_tolower(address[i]);
    }
    result[n] = '\0';
    return n_ats == 1 ? g_steal_pointer(&result) : NULL;
}

char *
rp_address_normalize(const char *address)
{
    size_t n = strlen(address);
    g_autofree char *result = normalize_plain(address, n);

    if (result != NULL)
        return g_steal_pointer(&result);
    /* More than this can't become short enough; what is left is bounded. */
    if (n > 4 * RP_MAX_ADDRESS)
        return NULL;
    if (g_str_is_ascii(address)) {
        result = check_form(g_strstrip(g_ascii_strdown(address, -1)));
    } else if (g_utf8_validate(address, -1, NULL)) {
        g_autofree char *lower = lower_visible(address);

        result = check_form(g_strdup(g_strstrip(lower)));
    }
    if (result == NULL || strlen(result) > RP_MAX_ADDRESS)
        return NULL;
    return g_steal_pointer(&result);
}

static bool
ignores_plus_tags(const char *domain)
{
    static const char *const domains[] = {
        "gmail.com",      "googlemail.com", "outlook.com", "hotmail.com",
        "live.com",       "msn.com",        "icloud.com",  "me.com",
        "mac.com",        "fastmail.com",   "fastmail.fm", "proton.me",
        "protonmail.com", "pm.me",          "yandex.com",  "zoho.com",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(domains); i++)
        if (strcmp(domain, domains[i]) == 0)
            return true;
    return false;
}

static void
remove_dots(char *text)
{
    char *out = text;

    for (const char *p = text; *p != '\0'; p++)
        if (*p != '.')
            *out++ = *p;
    *out = '\0';
}

char *
rp_address_person_key(const char *address)
{
    const char *at = strrchr(address, '@');
    const char *domain = at != NULL ? at + 1 : "";
    g_autofree char *local = NULL;
    const char *plus;

    if (!ignores_plus_tags(domain))
        return g_strdup(address);

    plus = memchr(address, '+', (size_t)(at - address));
    local = g_strndup(address, (size_t)((plus != NULL ? plus : at) - address));
    if (strcmp(domain, GMAIL) == 0 || strcmp(domain, "googlemail.com") == 0) {
        domain = GMAIL;
        remove_dots(local);
    }
    /* "+tag@" names nobody without its tag */
    return *local != '\0' ? g_strdup_printf("%s@%s", local, domain) : g_strdup(address);
}

int64_t
rp_person_id(const char *person_key)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    uint8_t digest[32];
    gsize n = sizeof digest;
    int64_t id = 0;

    g_checksum_update(checksum, (const guchar *)person_key, -1);
    g_checksum_get_digest(checksum, digest, &n);
    for (int i = 0; i < 6; i++)
        id = id << 8 | digest[i];
    return id;
}

/* The end of word where text begins with it, else NULL. A ~ in the word is an
 * optional - _ or dot. */
static const char *
skip_word(const char *text, const char *word)
{
    for (; *word != '\0'; word++) {
        if (*word == '~') {
            if (*text != '\0' && strchr("-_.", *text) != NULL)
                text++;
        } else if (*text++ != *word) {
            return NULL;
        }
    }
    return text;
}

/* Does word stand in text, set off on both sides by one of separators or an end? */
static bool
has_word(const char *text, const char *word, const char *separators)
{
    bool is_start = true;

    for (const char *p = text; *p != '\0'; p++) {
        const char *end = is_start ? skip_word(p, word) : NULL;

        if (end != NULL && (*end == '\0' || strchr(separators, *end) != NULL))
            return true;
        is_start = strchr(separators, *p) != NULL;
    }
    return false;
}

bool
rp_address_is_machine(const char *address)
{
    static const char *const words[] = {
        "no~reply",  "do~not~reply", "mailer-daemon", "postmaster", "bounce",
        "bounces",   "notification", "notifications", "alert",      "alerts",
        "robot",     "daemon",       "cron",          "www-data",   "newsletter",
        "marketing", "syzbot",
    };
    /* a dot does not set these off: j.root@ is a person */
    static const char *const short_words[] = {"bot",  "root",   "news",
                                              "jira", "github", "lkp"};
    const char *at = strrchr(address, '@');
    g_autofree char *local =
        at != NULL ? g_strndup(address, (size_t)(at - address)) : g_strdup(address);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (has_word(local, words[i], "-_.+"))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(short_words); i++)
        if (has_word(local, short_words[i], "-_+"))
            return true;
    return false;
}

bool
rp_address_is_forgotten(const char *address)
{
    return g_str_has_suffix(address, RP_FORGOTTEN_SUFFIX);
}

bool
rp_address_matches(const char *address, const char *pattern)
{
    bool is_domain = g_str_has_prefix(pattern, "*@");
    g_autofree char *wanted = rp_address_normalize(pattern);
    g_autofree char *wanted_key = NULL, *key = NULL;

    if (wanted == NULL)
        return false;
    if (is_domain) {
        const char *at = strrchr(address, '@');

        return at != NULL && strcmp(at, wanted + 1) == 0;
    }
    wanted_key = rp_address_person_key(wanted);
    key = rp_address_person_key(address);
    return strcmp(wanted_key, key) == 0;
}
