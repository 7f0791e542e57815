/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mutt.c - cards out of mutt's aliases and of what its query commands print */
#include <string.h>

#include "contacts/bytes.h"
#include "contacts/cards.h"

/* --- one line --- */

/* A word, in quotes or up to white space, from *p on; *p then stands behind it. */
static char *
take_word(const char **p)
{
    g_autoptr(GString) word = g_string_new(NULL);
    char quote = '\0';

    *p += strspn(*p, " \t");
    for (; **p != '\0' && (quote != '\0' || strchr(" \t", **p) == NULL); (*p)++) {
        if (quote == '\0' && (**p == '"' || **p == '\'')) {
            quote = **p;
        } else if (quote != '\0' && **p == quote) {
            quote = '\0';
        } else {
            *p += **p == '\\' && (*p)[1] != '\0';
            g_string_append_c(word, **p);
        }
    }
    return g_strdup(word->str);
}

/* What stands before the address in "Ada <a@x>", and in brackets behind "a@x (Ada)";
 * quotes taken off. */
static char *
name_of(const char *text, const char *open, const char *close)
{
    const char *bracket = strchr(text, '(');
    g_autofree char *name = NULL;
    char *out;

    if (open != NULL)
        name = g_strndup(text, (gsize)(open - text));
    else if (bracket != NULL && bracket < close)
        name = g_strndup(bracket + 1, strcspn(bracket + 1, ")"));
    else
        return g_strdup("");
    out = name;
    for (const char *p = name; *p != '\0'; p++) {
        p += *p == '\\' && p[1] != '\0';
        if (*p != '"' || (p > name && p[-1] == '\\'))
            *out++ = *p;
    }
    *out = '\0';
    return g_strdup(g_strstrip(name));
}

/* Single quotes around the whole are no part of it. */
static char *
unquoted(char *text)
{
    size_t n = strlen(g_strstrip(text));

    if (n < 2 || text[0] != '\'' || text[n - 1] != '\'')
        return text;
    text[n - 1] = '\0';
    return g_strstrip(text + 1);
}

/* nick and tags (set off by commas) may be NULL. */
static void
take_mailbox(RpCards *cards, const char *nick, const char *mailbox, const char *tags)
{
    g_autofree char *copy = g_strdup(mailbox);
    const char *text = unquoted(copy);
    const char *open = strchr(text, '<');
    const char *close = text + strlen(text);
    g_autofree char *name = name_of(text, open, close);
    g_autofree char *address = open != NULL
                                   ? g_strndup(open + 1, strcspn(open + 1, ">"))
                                   : g_strndup(text, strcspn(text, "("));
    g_auto(GStrv) words = g_strsplit(tags != NULL ? tags : "", ",", 100);
    RpCard *card = rp_card_new();

    rp_card_add(card, RP_CARD_NAME, "", unquoted(name));
    rp_card_add(card, RP_CARD_ADDRESS, "", g_strstrip(address));
    if (nick != NULL)
        rp_card_add(card, RP_CARD_NICKNAME, "", nick);
    for (char **word = words; *word != NULL; word++)
        rp_card_add(card, RP_CARD_TAG, "", *word);
    if (rp_card_get(card, RP_CARD_ADDRESS) == NULL) {
        cards->n_left_out++;
        rp_card_free(card);
        return;
    }
    rp_cards_take(cards, card);
}

/* A comma outside quotes and brackets ends the mailbox that begins at text, and so
 * does a # behind a blank, which begins a comment. */
static const char *
end_of_mailbox(const char *text)
{
    const char *start = text;
    bool is_quoted = false;
    int depth = 0;

    for (; *text != '\0'; text++) {
        if (*text == '\\' && text[1] != '\0')
            text++;
        else if (*text == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (*text == '(' || *text == '<'))
            depth++;
        else if (!is_quoted && (*text == ')' || *text == '>'))
            depth--;
        else if (!is_quoted && depth <= 0 &&
                 (*text == ',' ||
                  (*text == '#' && (text == start || g_ascii_isspace(text[-1])))))
            break;
    }
    return text;
}

/* "tags:red,blue" of NeoMutt's comments; NULL if there are none. The caller's. */
static char *
tags_of(const char *comment)
{
    g_auto(GStrv) words = g_strsplit_set(comment, "# \t", -1);

    for (char **word = words; *word != NULL; word++)
        if (g_str_has_prefix(*word, "tags:"))
            return g_strdup(*word + strlen("tags:"));
    return NULL;
}

/* The name of the alias, and past it and its groups, which NeoMutt has on either side
 * of it. */
static char *
take_nick(const char **p)
{
    char *nick = NULL;

    for (;;) {
        const char *before = *p;
        char *word = take_word(p);

        if (strcmp(word, "-group") == 0 || strcmp(word, "-addr") == 0) {
            g_free(take_word(p));
        } else if (nick == NULL) {
            nick = g_steal_pointer(&word);
        } else {
            *p = before;
            g_free(word);
            return nick;
        }
        g_free(word);
        if (**p == '\0')
            return nick != NULL ? nick : g_strdup("");
    }
}

/* An alias of several is a group of people: its name is nobody's. */
static void
take_alias(RpCards *cards, const char *line)
{
    const char *p = line + strlen("alias");
    g_autofree char *nick = take_nick(&p);
    const char *first = end_of_mailbox(p);
    g_autofree char *tags = *first == '#' ? tags_of(first) : NULL;

    while (*p != '\0' && *p != '#') {
        const char *end = end_of_mailbox(p);
        g_autofree char *mailbox = g_strndup(p, (gsize)(end - p));

        take_mailbox(cards, *first != ',' ? nick : NULL, mailbox, tags);
        p = end + (*end == ',');
    }
}

/* --- the file --- */

/* A line with those that it is continued on by a backslash at its end. */
static bool
next_line(RpBytes *rest, GString *text)
{
    RpBytes line;

    g_string_truncate(text, 0);
    if (!rp_bytes_line(rest, &line))
        return false;
    for (;;) {
        g_string_append_len(text, line.p, (gssize)(line.end - line.p));
        if (text->len == 0 || text->str[text->len - 1] != '\\')
            return true;
        g_string_truncate(text, text->len - 1);
        if (!rp_bytes_line(rest, &line))
            return true;
    }
}

RpCards *
rp_mutt_read_aliases(const char *bytes, size_t n)
{
    g_autoptr(GString) whole = rp_bytes_decode(bytes, n, NULL);
    g_autoptr(GString) line = g_string_new(NULL);
    RpBytes rest = {whole->str, whole->str + whole->len};
    RpCards *cards = rp_cards_new();

    while (next_line(&rest, line)) {
        const char *text = line->str + strspn(line->str, " \t");

        /* mutt itself reads "alias#": a comment ends no alias */
        if (strncmp(text, "alias", 5) == 0 && (text[5] == ' ' || text[5] == '\t'))
            take_alias(cards, text);
    }
    return cards;
}

static void
take_answer(RpCards *cards, const char *text)
{
    g_auto(GStrv) cells = g_strsplit(text, "\t", 3);
    RpCard *card = rp_card_new();

    rp_card_add(card, RP_CARD_ADDRESS, "", cells[0] != NULL ? cells[0] : "");
    if (cells[0] != NULL && cells[1] != NULL)
        rp_card_add(card, RP_CARD_NAME, "", cells[1]);
    if (rp_card_get(card, RP_CARD_ADDRESS) != NULL) {
        rp_cards_take(cards, card);
        return;
    }
    cards->n_left_out += *text != '\0';
    rp_card_free(card);
}

/* The first line is shown by mutt, not read, whatever stands in it. Without one, as
 * notmuch address has none, it would be somebody. */
RpCards *
rp_mutt_read_query(const char *bytes, size_t n)
{
    g_autoptr(GString) whole = rp_bytes_decode(bytes, n, NULL);
    RpBytes rest = {whole->str, whole->str + whole->len};
    RpCards *cards = rp_cards_new();
    RpBytes line;

    for (bool is_first = true; rp_bytes_line(&rest, &line); is_first = false) {
        g_autofree char *text = g_strndup(line.p, (gsize)(line.end - line.p));
        bool has_tab = strchr(text, '\t') != NULL;

        if (has_tab)
            take_answer(cards, text);
        else if (strchr(text, '@') != NULL && (!is_first || strchr(text, '<') != NULL))
            take_mailbox(cards, NULL, text, NULL);
        else if (!is_first && *text != '\0')
            cards->n_left_out++;
    }
    return cards;
}
