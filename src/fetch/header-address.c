/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-address.c - mailboxes out of To, From and their kin */
#include "fetch/header-address.h"

#include <string.h>

#include "core/address.h"
#include "core/envelope.h"
#include "fetch/header-element.h"
#include "fetch/header-text.h"

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* White space beside a dot or an at sign was allowed once (RFC 5322 4.4): it goes.
 * Elsewhere it stays. */
static void
close_up(GString *text)
{
    gsize n = 0;

    for (gsize i = 0; i < text->len; i++) {
        bool is_joint = text->str[i] == '@' || text->str[i] == '.';

        while (is_joint && n > 0 && is_blank(text->str[n - 1]))
            n--;
        text->str[n++] = text->str[i];
        while (is_joint && i + 1 < text->len && is_blank(text->str[i + 1]))
            i++;
    }
    g_string_truncate(text, n);
}

/* An address and what programs wrap about it. */
static char *
normalize(char *text)
{
    gsize n;

    if (g_ascii_strncasecmp(text, "mailto:", 7) == 0)
        text += 7;
    n = strlen(text);
    if (n > 1 && text[0] == '\'' && text[n - 1] == '\'') {
        text[n - 1] = '\0';
        text++;
    }
    return rp_address_normalize(text);
}

/* Is it an address as it is, with nothing about it that has to be taken off? */
static bool
is_plain(RpSpan span)
{
    for (size_t i = 0; i < span.n; i++) {
        char c = span.bytes[i];

        if (!g_ascii_isalnum(c) && c != '@' && c != '.' && c != '-' && c != '_' &&
            c != '+' && c != '=')
            return false;
    }
    return span.n <= RP_MAX_ADDRESS && span.n > 0 && span.bytes[0] != '@';
}

static char *
normalize_plain(RpSpan span)
{
    char text[RP_MAX_ADDRESS + 1];

    memcpy(text, span.bytes, span.n);
    text[span.n] = '\0';
    return rp_address_normalize(text);
}

/* Takes what stands at the front of an angle's rest into text: a quoted string
 * without its quotes, a comment not at all, else one byte. Returns its length. */
static size_t
take_angle_part(RpSpan rest, GString *text)
{
    char c = rest.bytes[0];
    size_t n = 0;

    if (c == '"') {
        n = rp_quoted_length(rest);
        rp_append_unquoted(text, (RpSpan){rest.bytes + 1, n > 0 ? n - 2 : 0});
    } else if (c == '(') {
        n = rp_comment_length(rest);
    } else {
        g_string_append_c(text, c);
    }
    return n > 0 ? n : 1;
}

/* The address between < and >, where comments, quotes and a route (RFC 5322 4.4:
 * "@a,@b:ada@example.org") are taken off. */
static char *
address_of_angle(RpSpan angle)
{
    g_autoptr(GString) text = NULL;
    bool has_route;

    angle = rp_span_trim(angle);
    if (is_plain(angle))
        return normalize_plain(angle);
    if (angle.n == 0 || angle.n > 4 * RP_MAX_ADDRESS)
        return NULL;
    text = g_string_sized_new(angle.n + 1);
    has_route = angle.bytes[0] == '@';
    for (size_t i = 0; i < angle.n;) {
        RpSpan rest = {angle.bytes + i, angle.n - i};

        i += take_angle_part(rest, text);
        if (has_route && rest.bytes[0] == ':')
            g_string_truncate(text, 0);
    }
    close_up(text);
    return normalize(g_strstrip(text->str));
}

/* The address among words, where it is the last of them that is one; it is taken
 * out of them. */
static char *
take_address_word(GString *words)
{
    char *end = words->str + words->len;

    while (end > words->str) {
        g_autofree char *word = NULL;
        char *begin = end, *address;

        while (begin > words->str && !is_blank(begin[-1]))
            begin--;
        word = g_strndup(begin, (gsize)(end - begin));
        address = strchr(word, '@') != NULL ? normalize(word) : NULL;
        if (address != NULL) {
            g_string_erase(words, begin - words->str, end - begin);
            return address;
        }
        end = begin > words->str ? begin - 1 : begin;
    }
    return NULL;
}

/* The address of an element without < and >: all its words closed up, or one of
 * them. What is left in words may be the name. */
static char *
address_of_words(GString *words)
{
    RpSpan all = rp_span_trim((RpSpan){words->str, words->len});
    g_autoptr(GString) closed = NULL;
    char *address;

    if (memchr(all.bytes, '@', all.n) == NULL)
        return NULL;
    if (is_plain(all)) {
        g_autofree char *plain = normalize_plain(all);

        g_string_truncate(words, 0);
        return g_steal_pointer(&plain);
    }
    closed = g_string_new_len(all.bytes, (gssize)all.n);
    close_up(closed);
    address = normalize(closed->str);
    if (address == NULL)
        return take_address_word(words);
    g_string_truncate(words, 0);
    return address;
}

/* 'Ada', as some programs quote, is Ada. */
static void
strip_single_quotes(char *name)
{
    size_t n = strlen(name);

    if (n < 2 || name[0] != '\'' || name[n - 1] != '\'')
        return;
    memmove(name, name + 1, n - 2);
    name[n - 2] = '\0';
}

static char *
read_name(const RpElementScanner *scanner, const char *address, uint32_t *cuts)
{
    g_autofree char *name = NULL, *as_address = NULL;
    bool is_cut = false;

    name = rp_text_decode((RpSpan){scanner->words->str, scanner->words->len},
                          RP_MAX_NAME, &is_cut);
    if (*name == '\0' && scanner->comment.n > 0) {
        g_autoptr(GString) comment = g_string_new(NULL);

        rp_append_unquoted(comment, scanner->comment);
        g_free(name);
        name =
            rp_text_decode((RpSpan){comment->str, comment->len}, RP_MAX_NAME, &is_cut);
    }
    if (is_cut)
        *cuts |= RP_CUT_NAME;
    strip_single_quotes(name);
    as_address = strchr(name, '@') != NULL ? rp_address_normalize(name) : NULL;
    return g_strcmp0(as_address, address) == 0 ? g_strdup("") : g_steal_pointer(&name);
}

/* The mailbox that the element just scanned gives, or NULL. */
static RpMailbox *
read_element(const RpElementScanner *scanner, uint32_t *cuts)
{
    g_autofree char *address = NULL;
    RpMailbox *mailbox;

    if (scanner->has_angle)
        address = address_of_angle(scanner->angle);
    else if (!scanner->is_unusable)
        address = address_of_words(scanner->words);
    if (address == NULL)
        return NULL;
    mailbox = g_new(RpMailbox, 1);
    mailbox->name = read_name(scanner, address, cuts);
    mailbox->address = g_steal_pointer(&address);
    return mailbox;
}

/* Only hostile mail holds NUL, where a string would end. */
static RpSpan
without_nul(RpSpan value, char **copy)
{
    if (memchr(value.bytes, '\0', value.n) == NULL)
        return value;
    *copy = rp_span_dup(value);
    return (RpSpan){*copy, value.n};
}

void
rp_addresses_read(RpSpan value, GPtrArray *mailboxes, uint32_t *n_left, uint32_t *cuts)
{
    g_autofree char *copy = NULL;
    g_auto(RpElementScanner) scanner;

    rp_elements_init(&scanner, without_nul(value, &copy));
    while (rp_elements_next(&scanner)) {
        RpMailbox *mailbox = read_element(&scanner, cuts);

        if (mailbox == NULL)
            continue;
        if (*n_left == 0) {
            rp_mailbox_free(mailbox);
            *cuts |= RP_CUT_ADDRESSES;
            return;
        }
        g_ptr_array_add(mailboxes, mailbox);
        --*n_left;
    }
}

char *
rp_address_read_first(RpSpan value)
{
    g_autoptr(GPtrArray) mailboxes =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_mailbox_free);
    uint32_t n_left = 1, cuts = 0;

    rp_addresses_read(value, mailboxes, &n_left, &cuts);
    if (mailboxes->len == 0)
        return NULL;
    return g_strdup(((RpMailbox *)g_ptr_array_index(mailboxes, 0))->address);
}
