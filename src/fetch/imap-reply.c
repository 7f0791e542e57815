/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-reply.c - commands by hand: pipelining, lines, tokens */
#include "fetch/imap-reply.h"

#include <string.h>

static bool
is_end_of_line(const GByteArray *line)
{
    return line->len >= 2 && memcmp(line->data + line->len - 2, "\r\n", 2) == 0;
}

/* The length of the literal that the line, with its end, announces; -1 if none. The
 * guard has seen to its form. */
static int64_t
literal_at_end(const GByteArray *line)
{
    guint at = line->len - 2;
    int64_t n = 0, unit = 1;

    if (line->data[0] != '*' || at < 3 || line->data[--at] != '}')
        return -1;
    while (at > 0 && g_ascii_isdigit(line->data[at - 1]) && unit < 1000000000) {
        n += (line->data[--at] - '0') * unit;
        unit *= 10;
    }
    return unit > 1 && at > 0 && line->data[at - 1] == '{' ? n : -1;
}

static bool
read_literal(RpImap *imap, GByteArray *line, size_t n)
{
    while (n > 0) {
        unsigned char bytes[1024];
        ssize_t k = rp_transport_read(imap->transport, bytes, MIN(n, sizeof bytes));

        if (k < 0)
            return false;
        g_byte_array_append(line, bytes, (guint)k);
        n -= (size_t)k;
    }
    return true;
}

bool
rp_imap_read_line(RpImap *imap, GByteArray *line)
{
    g_byte_array_set_size(line, 0);
    while (!rp_guard_is_idle(rp_transport_guard(imap->transport)) ||
           rp_transport_has_more(imap->transport)) {
        int64_t literal;

        if (!rp_transport_read_to(imap->transport, line, '\n'))
            return false;
        if (!is_end_of_line(line))
            continue;
        literal = literal_at_end(line);
        if (literal < 0) {
            g_byte_array_set_size(line, line->len - 2);
            return true;
        }
        if (!read_literal(imap, line, (size_t)literal))
            return false;
    }
    return false;
}

/* With a zero byte after it, so that it is a string too. */
static void
hand_on(const RpImapCommand *command, GByteArray *line)
{
    bool is_tagged = line->len > 0 && g_ascii_isdigit(line->data[0]);
    size_t n = line->len;
    const char *text;

    g_byte_array_append(line, (const guint8 *)"", 1);
    text = (const char *)line->data;
    if (is_tagged && command->on_tagged != NULL)
        command->on_tagged(text, n, command->data);
    else if (!is_tagged && command->on_line != NULL && n > 2)
        command->on_line(text + 2, n - 2, command->data);
}

static void
read_answer(RpImap *imap, const RpImapCommand *command)
{
    g_autoptr(GByteArray) line = g_byte_array_new();

    while (rp_imap_read_line(imap, line))
        hand_on(command, line);
}

static bool
send_all(RpImap *imap, const RpGuardProfile *profile, const char *const *texts,
         size_t n, uint32_t total_s)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    uint32_t tag = (uint32_t)imap->session->imap_tag + 1;

    rp_transport_begin(imap->transport, tag, (uint32_t)n, profile, RP_IMAP_COMMAND_S,
                       total_s == 0 ? RP_IMAP_COMMAND_S : total_s);
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(bytes, "%d %s\r\n", ++imap->session->imap_tag, texts[i]);
    return rp_transport_write(imap->transport, bytes->str, bytes->len);
}

bool
rp_imap_send(RpImap *imap, const RpGuardProfile *profile, const char *text,
             uint32_t total_s)
{
    return send_all(imap, profile, &text, 1, total_s);
}

bool
rp_imap_run_commands(RpImap *imap, const RpImapCommand *command,
                     const char *const *texts, size_t n, GError **error)
{
    if (send_all(imap, command->profile, texts, n, command->total_s))
        read_answer(imap, command);
    if (rp_guard_is_idle(rp_transport_guard(imap->transport)) &&
        rp_transport_is_good(imap->transport))
        return true;
    return rp_transport_error(imap->transport, command->what, error);
}

bool
rp_imap_run_command(RpImap *imap, const RpImapCommand *command, const char *text,
                    GError **error)
{
    return rp_imap_run_commands(imap, command, &text, 1, error) &&
           rp_imap_check(imap, 0, command->what, error);
}

bool
rp_imap_run_plain(RpImap *imap, const char *text, GError **error)
{
    RpImapCommand command = {.profile = &rp_guard_plain, .what = text};

    return rp_imap_run_command(imap, &command, text, error);
}

void
rp_imap_append_quoted(GString *command, const char *name)
{
    g_string_append_c(command, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\')
            g_string_append_c(command, '\\');
        g_string_append_c(command, *name);
    }
    g_string_append_c(command, '"');
}

static RpTokenType
read_quoted(RpTokens *tokens, GString *text)
{
    for (tokens->at++; tokens->at < tokens->end; tokens->at++) {
        if (*tokens->at == '"') {
            tokens->at++;
            return RP_TOKEN_STRING;
        }
        if (*tokens->at == '\\' && tokens->at + 1 < tokens->end)
            tokens->at++;
        g_string_append_c(text, *tokens->at);
    }
    return RP_TOKEN_BAD;
}

static RpTokenType
read_literal_token(RpTokens *tokens, GString *text)
{
    size_t n = 0;

    for (tokens->at++; tokens->at < tokens->end && g_ascii_isdigit(*tokens->at);
         tokens->at++)
        if (n < 100000000)
            n = n * 10 + (size_t)(*tokens->at - '0');
    if (tokens->end - tokens->at < 3 || memcmp(tokens->at, "}\r\n", 3) != 0)
        return RP_TOKEN_BAD;
    tokens->at += 3;
    if (n > (size_t)(tokens->end - tokens->at) || memchr(tokens->at, '\0', n) != NULL)
        return RP_TOKEN_BAD;
    g_string_append_len(text, tokens->at, (gssize)n);
    tokens->at += n;
    return RP_TOKEN_STRING;
}

RpTokenType
rp_token_next(RpTokens *tokens, GString *text)
{
    g_string_truncate(text, 0);
    while (tokens->at < tokens->end && *tokens->at == ' ')
        tokens->at++;
    if (tokens->at == tokens->end)
        return RP_TOKEN_END;
    switch (*tokens->at) {
    case '(':
        tokens->at++;
        return RP_TOKEN_OPEN;
    case ')':
        tokens->at++;
        return RP_TOKEN_CLOSE;
    case '"':
        return read_quoted(tokens, text);
    case '{':
        return read_literal_token(tokens, text);
    default:
        while (tokens->at < tokens->end && strchr(" ()", *tokens->at) == NULL)
            g_string_append_c(text, *tokens->at++);
        return RP_TOKEN_ATOM;
    }
}

bool
rp_token_skip_group(RpTokens *tokens)
{
    g_autoptr(GString) text = g_string_new(NULL);
    int depth = 1;

    while (depth > 0) {
        RpTokenType type = rp_token_next(tokens, text);

        if (type == RP_TOKEN_END || type == RP_TOKEN_BAD)
            return false;
        depth += (type == RP_TOKEN_OPEN) - (type == RP_TOKEN_CLOSE);
    }
    return true;
}

bool
rp_token_number(const char *text, uint64_t max, uint64_t *number)
{
    guint64 value;

    if (!g_ascii_string_to_unsigned(text, 10, 0, max, &value, NULL))
        return false;
    *number = value;
    return true;
}
