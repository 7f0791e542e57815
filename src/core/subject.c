/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.c - base subjects and the phrases of automatic mail */
#include "core/subject.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

static const char *const absence_phrases[] = {
    "out of office",
    "out of the office",
    "out of office autoreply",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "vacation reply",
    "abwesend",
    "abwesenheit",
    "abwesenheitsnotiz",
    "automatische antwort",
    "absence du bureau",
    "absent du bureau",
    "réponse automatique",
    "message d'absence",
    "respuesta automática",
    "fuera de la oficina",
    "fuera de oficina",
    "risposta automatica",
    "fuori ufficio",
    "resposta automática",
    "fora do escritório",
    "automatisch antwoord",
    "afwezig",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaro",
    "automaattinen vastaus",
    "odpowiedź automatyczna",
    "automatická odpověď",
    "automatikus válasz",
    "otomatik yanıt",
    "автоответ",
    "автоматический ответ",
    "自动回复",
    "自動回覆",
    "自動返信",
    "자동 회신",
};

static const char *const calendar_phrases[] = {
    "accepted",
    "declined",
    "tentative",
    "tentatively accepted",
    "canceled",
    "cancelled",
    "canceled event",
    "cancelled event",
    "invitation",
    "updated invitation",
    "new time proposed",
    "zugesagt",
    "abgesagt",
    "abgelehnt",
    "mit vorbehalt",
    "einladung",
    "aktualisierte einladung",
    "accepté",
    "refusé",
    "annulé",
    "aceptado",
    "aceptada",
    "rechazado",
    "rechazada",
    "cancelado",
    "cancelada",
    "invitación",
    "accettato",
    "rifiutato",
    "annullato",
    "invito",
    "geaccepteerd",
    "geweigerd",
    "geannuleerd",
    "uitnodiging",
    "aceito",
    "recusado",
    "convite",
    "zaakceptowano",
    "odrzucono",
    "anulowano",
    "zaproszenie",
};

static const struct {
    const char *word;
    bool is_reply;
} prefixes[] = {
    {"re", true},   {"aw", true},  {"sv", true},  {"vs", true},   {"antw", true},
    {"rif", true},  {"r", true},   {"odp", true}, {"ynt", true},  {"fw", false},
    {"fwd", false}, {"wg", false}, {"tr", false}, {"enc", false}, {"rv", false},
};

/* Composed and case folded; ASCII, by far the most, without the detour. */
static char *
fold(const char *text)
{
    g_autofree char *composed = NULL;

    if (g_str_is_ascii(text))
        return g_ascii_strdown(text, -1);
    composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    return g_utf8_casefold(composed != NULL ? composed : text, -1);
}

static const char *
skip_space(const char *s)
{
    while (*s == ' ' || (*s != '\0' && g_unichar_isspace(g_utf8_get_char(s))))
        s += g_utf8_skip[*(const guchar *)s];
    return s;
}

static bool
has_colon(const char *s)
{
    return strchr(s, ':') != NULL || strstr(s, "：") != NULL;
}

/* What follows a colon (U+FF1A too) at s, or NULL. */
static const char *
skip_colon(const char *s)
{
    if (*s == ':')
        return s + 1;
    return g_str_has_prefix(s, "：") ? s + strlen("：") : NULL;
}

typedef struct {
    const char *const *phrases;
    size_t n;
    char **folded;    /* own, kept for ever; made at first use */
    bool begins[256]; /* by byte: does any of them begin with it? */
} PhraseList;

static void
fold_phrases(PhraseList *list)
{
    if (list->folded != NULL)
        return;
    list->folded = g_new0(char *, list->n);
    for (size_t i = 0; i < list->n; i++) {
        list->folded[i] = fold(list->phrases[i]);
        list->begins[(guchar)*list->folded[i]] = true;
    }
}

/* Most subjects begin with another letter. What is not ASCII can become another one,
 * and so can the letter before it. */
static bool
can_begin_with_phrase(const PhraseList *list, const char *subject)
{
    const char *s = skip_space(subject);

    return !g_ascii_isprint(s[0]) || (s[1] & 0x80) != 0 ||
           list->begins[(guchar)g_ascii_tolower(s[0])];
}

static bool
begins_with_phrase(PhraseList *list, const char *subject, bool may_end)
{
    g_autofree char *folded = NULL;
    const char *s;

    fold_phrases(list);
    if (!can_begin_with_phrase(list, subject))
        return false;
    folded = fold(subject);
    s = skip_space(folded);
    for (size_t i = 0; i < list->n; i++) {
        const char *rest;

        if (*s != *list->folded[i] || !g_str_has_prefix(s, list->folded[i]))
            continue;
        rest = skip_space(s + strlen(list->folded[i]));
        if (skip_colon(rest) != NULL || (may_end && *rest == '\0'))
            return true;
    }
    return false;
}

bool
rp_subject_is_absence(const char *subject)
{
    static PhraseList list = {
        absence_phrases, G_N_ELEMENTS(absence_phrases), NULL, {0}};

    return begins_with_phrase(&list, subject, true);
}

bool
rp_subject_is_calendar(const char *subject)
{
    static PhraseList list = {
        calendar_phrases, G_N_ELEMENTS(calendar_phrases), NULL, {0}};

    return has_colon(subject) && begins_with_phrase(&list, subject, false);
}

/* "[...]" without brackets in it and the white space after it; NULL if s does not
 * begin with one. */
static const char *
skip_blob(const char *s)
{
    const char *end;

    if (*s != '[')
        return NULL;
    end = s + 1 + strcspn(s + 1, "[]");
    return *end == ']' ? skip_space(end + 1) : NULL;
}

static const char *
skip_digits(const char *s)
{
    return s + strspn(s, "0123456789");
}

/* The counter of "Re[2]:", "Re(2):", "Re^2:", "Re2:"; s itself if there is none. */
static const char *
skip_counter(const char *s)
{
    const char *digits, *end;

    if (*s == '[') {
        end = s + 1 + strcspn(s + 1, "[]");
        return *end == ']' ? end + 1 : s;
    }
    digits = *s == '(' || *s == '^' ? s + 1 : s;
    end = skip_digits(digits);
    if (end == digits)
        return s;
    if (*s == '(')
        return *end == ')' ? end + 1 : s;
    return end;
}

/* PREFIX COUNTER ":" at s and the white space after it, or NULL. */
static const char *
skip_prefix(const char *s, bool *is_reply)
{
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        const char *end;
        size_t n;

        if (*s != *prefixes[i].word || !g_str_has_prefix(s, prefixes[i].word))
            continue;
        n = strlen(prefixes[i].word);
        end = skip_colon(skip_space(skip_counter(skip_space(s + n))));
        if (end == NULL)
            continue;
        *is_reply = *is_reply || prefixes[i].is_reply;
        return skip_space(end);
    }
    return NULL;
}

/* RFC 5256 2.1 (3) to (5): leaders, and blobs that do not stand for the whole. */
static const char *
skip_leaders(const char *s, bool *is_reply)
{
    for (;;) {
        const char *last = s = skip_space(s), *next;

        while ((next = skip_blob(s)) != NULL) {
            last = s;
            s = next;
        }
        next = skip_prefix(s, is_reply);
        if (next == NULL)
            return *s == '\0' ? last : s;
        s = next;
    }
}

/* RFC 5256 2.1 (2): "(fwd)" and white space at the end. */
static void
cut_trailers(char *s)
{
    size_t before;

    do {
        before = strlen(s);
        g_strchomp(s);
        if (g_str_has_suffix(s, "(fwd)"))
            s[strlen(s) - strlen("(fwd)")] = '\0';
    } while (strlen(s) != before);
}

char *
rp_subject_base(const char *subject, bool *is_reply)
{
    g_autofree char *folded = fold(subject);
    char *s = folded;

    *is_reply = false;
    for (;;) {
        cut_trailers(s);
        s += skip_leaders(s, is_reply) - s;
        /* (6): "[fwd: ...]" around all of it. */
        if (!g_str_has_prefix(s, "[fwd:") || !g_str_has_suffix(s, "]"))
            return g_strdup(s);
        s[strlen(s) - 1] = '\0';
        s += strlen("[fwd:");
    }
}

bool
rp_subject_is_reply(const char *subject)
{
    bool is_reply = false;

    if (has_colon(subject))
        g_free(rp_subject_base(subject, &is_reply));
    return is_reply;
}

/* What stands behind all prefixes; s itself if it begins with none. */
static const char *
skip_prefixes(const char *s)
{
    bool is_reply = false; /* not asked for here */
    const char *next;

    s = skip_space(s);
    while ((next = skip_prefix(s, &is_reply)) != NULL)
        s = next;
    return s;
}

bool
rp_subject_has_prefix(const char *subject)
{
    g_autofree char *folded = NULL;
    const char *s;

    if (!has_colon(subject))
        return false;
    folded = fold(subject);
    s = skip_space(folded);
    for (const char *next = skip_blob(s); next != NULL; next = skip_blob(s))
        s = next;
    return g_str_has_prefix(s, "[fwd:") || skip_prefixes(s) != s;
}

char *
rp_subject_tag(const char *subject)
{
    g_autofree char *folded =
        strchr(subject, '[') != NULL ? fold(subject) : g_strdup("");
    const char *s = skip_prefixes(folded);
    const char *end = *s == '[' ? strchr(s, ']') : NULL;
    GString *tag = g_string_new(NULL);
    const char *word = NULL;

    for (const char *c = s; end != NULL && c <= end;
         c = g_utf8_find_next_char(c, NULL)) {
        if (g_unichar_isalpha(g_utf8_get_char(c))) {
            word = word != NULL ? word : c;
            continue;
        }
        if (word != NULL && g_utf8_strlen(word, c - word) >= 2) {
            if (tag->len > 0)
                g_string_append_c(tag, ' ');
            g_string_append_len(tag, word, c - word);
        }
        word = NULL;
    }
    return g_string_free(tag, FALSE);
}
