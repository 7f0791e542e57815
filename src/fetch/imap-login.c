/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-login.c - what the server can do, and proving who we are */
#include "config.h"

#include "fetch/imap-reply.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct {
    const char *name;
    RpImapCaps cap;
} capabilities[] = {
    {"STARTTLS", RP_CAP_STARTTLS},
    {"LOGINDISABLED", RP_CAP_LOGINDISABLED},
    {"AUTH=PLAIN", RP_CAP_AUTH_PLAIN},
    {"AUTH=LOGIN", RP_CAP_AUTH_LOGIN},
    {"AUTH=CRAM-MD5", RP_CAP_AUTH_CRAM_MD5},
    {"AUTH=SCRAM-SHA-1", RP_CAP_AUTH_SCRAM_SHA_1},
    {"AUTH=SCRAM-SHA-256", RP_CAP_AUTH_SCRAM_SHA_256},
    {"IDLE", RP_CAP_IDLE},
    {"ENABLE", RP_CAP_ENABLE},
    {"CONDSTORE", RP_CAP_CONDSTORE},
    {"QRESYNC", RP_CAP_QRESYNC | RP_CAP_CONDSTORE},
    {"SPECIAL-USE", RP_CAP_SPECIAL_USE},
    {"LIST-EXTENDED", RP_CAP_LIST_EXTENDED},
    {"UNSELECT", RP_CAP_UNSELECT},
    {"ID", RP_CAP_ID},
    {"NAMESPACE", RP_CAP_NAMESPACE},
    {"NOTIFY", RP_CAP_NOTIFY},
};

static void
on_capability(const char *line, size_t n, gpointer data)
{
    RpImap *imap = data;
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    (void)n;
    for (char **word = words; *word != NULL; word++)
        for (size_t i = 0; i < G_N_ELEMENTS(capabilities); i++)
            if (g_ascii_strcasecmp(*word, capabilities[i].name) == 0)
                imap->caps |= capabilities[i].cap;
}

/* A server that does not tell what it can do is taken to know what all must: then LOGIN
 * brings what it has to say. */
bool
rp_imap_ask_capabilities(RpImap *imap, GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_capability,
        .on_line = on_capability,
        .data = imap,
        .what = _("asking for capabilities"),
    };
    g_autoptr(GError) refusal = NULL;

    imap->caps = 0;
    if (rp_imap_run_command(imap, &command, "CAPABILITY", &refusal) ||
        g_error_matches(refusal, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER))
        return true;
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
}

/* A refusal at login that says that the password is not to blame: RFC 5530. */
static bool
is_temporary(const char *reply)
{
    static const char *const signs[] = {
        "[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "too many",
    };
    g_autofree char *text = g_ascii_strdown(reply, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        g_autofree char *sign = g_ascii_strdown(signs[i], -1);

        if (strstr(text, sign) != NULL)
            return true;
    }
    return false;
}

/* What a refused login means for the parent. */
static bool
check_login(RpImap *imap, int r, GError **error)
{
    g_autoptr(GError) refusal = NULL;

    if (rp_imap_check(imap, r, _("login"), &refusal))
        return true;
    if (g_error_matches(refusal, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER))
        refusal->code =
            is_temporary(rp_guard_reply(rp_transport_guard(imap->transport)))
                ? RP_SOURCE_ERROR_NETWORK
                : RP_SOURCE_ERROR_AUTH;
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
}

/* libetpan leaves what it sent in its buffer. */
static void
forget_sent(RpImap *imap)
{
    mailstream *stream = imap->session->imap_stream;

    if (stream != NULL && stream->write_buffer != NULL)
        explicit_bzero(stream->write_buffer, stream->buffer_max_size);
}

static void
forget(char *text)
{
    explicit_bzero(text, strlen(text));
    g_free(text);
}

static bool
login_token(RpImap *imap, GError **error)
{
    int r;

    rp_imap_begin(imap, &rp_guard_login, RP_IMAP_COMMAND_S);
    r = mailimap_oauth2_authenticate(imap->session, imap->source->job->user,
                                     imap->source->secret->text);
    forget_sent(imap);
    return check_login(imap, r, error);
}

/* In base64, with a line end; owned by the caller. */
static char *
encode_line(const char *bytes, size_t n)
{
    char *base64 = g_base64_encode((const guchar *)bytes, n);
    char *line = g_strconcat(base64, "\r\n", NULL);

    forget(base64);
    return line;
}

/* What answers the server's line number i (from 0), which asks for it in base64; with
 * a line end. "*" gives up: RFC 3501 6.2.2. Owned by the caller. */
typedef char *Responder(const RpSource *source, guint i, const char *asked);

/* RFC 4616: NUL user NUL password. */
static char *
plain_response(const RpSource *source, guint i, const char *asked G_GNUC_UNUSED)
{
    size_t n_user = strlen(source->job->user), n_text = strlen(source->secret->text);
    size_t n = n_user + n_text + 2;
    char *bytes, *line;

    if (i > 0)
        return g_strdup("*\r\n");
    bytes = g_malloc0(n + 1);
    memcpy(bytes + 1, source->job->user, n_user);
    memcpy(bytes + n_user + 2, source->secret->text, n_text);
    line = encode_line(bytes, n);
    explicit_bzero(bytes, n);
    g_free(bytes);
    return line;
}

/* Asks for the user, then for the password; in which words is of no interest. */
static char *
login_response(const RpSource *source, guint i, const char *asked G_GNUC_UNUSED)
{
    const char *text = i == 0 ? source->job->user : source->secret->text;

    return i > 1 ? g_strdup("*\r\n") : encode_line(text, strlen(text));
}

/* RFC 2195: user SP HMAC-MD5(password, challenge), in hexadecimal digits. */
static char *
cram_response(const RpSource *source, guint i, const char *asked)
{
    const char *text = source->secret->text;
    gsize n = 0;
    g_autofree guchar *challenge = g_base64_decode(asked, &n);
    g_autofree char *digest = NULL, *words = NULL;

    if (i > 0)
        return g_strdup("*\r\n");
    digest = g_compute_hmac_for_data(G_CHECKSUM_MD5, (const guchar *)text, strlen(text),
                                     challenge, n);
    words = g_strconcat(source->job->user, " ", digest, NULL);
    return encode_line(words, strlen(words));
}

/* By hand: libetpan would need a plug-in of SASL for it. */
static bool
login_lines(RpImap *imap, const char *command, Responder *respond, GError **error)
{
    g_autoptr(GByteArray) line = g_byte_array_new();
    guint i = 0;

    if (rp_imap_send(imap, &rp_guard_login, command, 0)) {
        while (rp_imap_read_line(imap, line)) {
            char *response;

            if (line->len == 0 || line->data[0] != '+')
                continue;
            g_byte_array_append(line, (const guint8 *)"", 1);
            response = respond(imap->source, i++, (const char *)line->data + 1);
            rp_transport_write(imap->transport, response, strlen(response));
            forget(response);
        }
    }
    if (!check_login(imap, MAILIMAP_NO_ERROR, error))
        return false;
    imap->session->imap_state = MAILIMAP_STATE_AUTHENTICATED;
    return true;
}

/* Servers and proxies that do not know \\ in a quoted string (Perdition, Twisted), or 8
 * bits, which RFC 3501 forbids there, all know literals: {5}, "+ go on", the bytes. */
static bool
needs_literal(const char *text)
{
    for (; *text != '\0'; text++)
        if (!g_ascii_isprint(*text) || *text == '"' || *text == '\\')
            return true;
    return false;
}

static char *
literal_response(const RpSource *source, guint i, const char *asked G_GNUC_UNUSED)
{
    const char *text = source->secret->text;

    if (i == 0)
        return g_strdup_printf("%s {%" G_GSIZE_FORMAT "}\r\n", source->job->user,
                               strlen(text));
    return g_strconcat(i == 1 ? text : "", "\r\n", NULL);
}

static bool
login_command(RpImap *imap, GError **error)
{
    const char *user = imap->source->job->user, *text = imap->source->secret->text;
    int r;

    if (needs_literal(user) || needs_literal(text)) {
        g_autofree char *command =
            g_strdup_printf("LOGIN {%" G_GSIZE_FORMAT "}", strlen(user));

        return login_lines(imap, command, literal_response, error);
    }
    rp_imap_begin(imap, &rp_guard_login, RP_IMAP_COMMAND_S);
    r = mailimap_login(imap->session, user, text);
    forget_sent(imap);
    return check_login(imap, r, error);
}

/* *is_tried stays false if the plug-in for it is not there: nothing was sent. */
static bool
login_scram(RpImap *imap, const char *mechanism, bool *is_tried, GError **error)
{
    const RpJob *job = imap->source->job;
    int r, tag = imap->session->imap_tag;

    rp_imap_begin(imap, &rp_guard_login, RP_IMAP_COMMAND_S);
    r = mailimap_authenticate(imap->session, mechanism, job->host, NULL, NULL,
                              job->user, job->user, imap->source->secret->text, NULL);
    forget_sent(imap);
    *is_tried = imap->session->imap_tag != tag;
    return *is_tried && check_login(imap, r, error);
}

/* SCRAM first, as the server then never sees the password. Where it keeps no SCRAM
 * keys for this user it says NO to the right one, so one more way is tried. */
static bool
login_password(RpImap *imap, GError **error)
{
    const char *scram = (imap->caps & RP_CAP_AUTH_SCRAM_SHA_256) != 0 ? "SCRAM-SHA-256"
                        : (imap->caps & RP_CAP_AUTH_SCRAM_SHA_1) != 0 ? "SCRAM-SHA-1"
                                                                      : NULL;
    bool may_plain = (imap->caps & RP_CAP_AUTH_PLAIN) != 0;
    bool may_login = (imap->caps & RP_CAP_LOGINDISABLED) == 0;
    bool may_sasl_login = (imap->caps & RP_CAP_AUTH_LOGIN) != 0;
    bool may_cram = (imap->caps & RP_CAP_AUTH_CRAM_MD5) != 0;
    bool is_tried = false;
    g_autoptr(GError) refusal = NULL;

    if (scram != NULL && login_scram(imap, scram, &is_tried, &refusal))
        return true;
    if (is_tried && (!g_error_matches(refusal, RP_SOURCE_ERROR, RP_SOURCE_ERROR_AUTH) ||
                     (!may_plain && !may_login && !may_sasl_login && !may_cram))) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        return false;
    }
    if (may_plain)
        return login_lines(imap, "AUTHENTICATE PLAIN", plain_response, error);
    if (may_login)
        return login_command(imap, error);
    if (may_sasl_login)
        return login_lines(imap, "AUTHENTICATE LOGIN", login_response, error);
    if (may_cram) /* last: a server that offers it for all has it for few */
        return login_lines(imap, "AUTHENTICATE CRAM-MD5", cram_response, error);
    g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_CONFIG,
                        _("the server offers no way to log in that riposte knows"));
    return false;
}

static bool
authenticate(RpImap *imap, GError **error)
{
    const RpSecret *secret = imap->source->secret;

    if (imap->session->imap_state == MAILIMAP_STATE_AUTHENTICATED)
        return true; /* PREAUTH */
    if (secret == NULL || *imap->source->job->user == '\0') {
        g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_AUTH,
                            _("the server wants a user and a password"));
        return false;
    }
    return secret->is_token ? login_token(imap, error) : login_password(imap, error);
}

static void
on_agreed(const char *line, size_t n, gpointer data)
{
    RpImap *imap = data;
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    if (g_ascii_strcasecmp(words[0], "NAMESPACE") == 0) {
        rp_imap_take_namespaces(imap, line, n);
        return;
    }
    for (char **word = words; *word != NULL; word++)
        if (g_ascii_strcasecmp(*word, "QRESYNC") == 0)
            imap->has_qresync = true;
}

/* 163.com opens no folder to one that has not said who it is (RFC 2971). A server that
 * says NO to any of it goes on without. */
static bool
agree(RpImap *imap, GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_agree,
        .on_line = on_agreed,
        .data = imap,
        .what = _("agreeing on extensions"),
    };
    uint32_t resync = RP_CAP_QRESYNC | RP_CAP_ENABLE;
    const char *texts[3];
    size_t n = 0;

    if ((imap->caps & resync) == resync)
        texts[n++] = "ENABLE QRESYNC";
    if ((imap->caps & RP_CAP_ID) != 0)
        texts[n++] =
            "ID (\"name\" \"" PACKAGE_NAME "\" \"version\" \"" PACKAGE_VERSION "\")";
    if ((imap->caps & RP_CAP_NAMESPACE) != 0)
        texts[n++] = "NAMESPACE";
    return n == 0 || rp_imap_run_commands(imap, &command, texts, n, error);
}

bool
rp_imap_login(RpImap *imap, GError **error)
{
    return rp_imap_ask_capabilities(imap, error) && authenticate(imap, error) &&
           rp_imap_ask_capabilities(imap, error) && agree(imap, error);
}
