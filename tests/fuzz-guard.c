/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-guard.c - libFuzzer target: any bytes as what an IMAP server says
 *
 * The whole backend runs on them, guard, libetpan, header parser and all; only the
 * connection is another one. The first byte chooses the job. Seeds: fuzz-seeds.py.
 */
#include "config.h"

#include "fetch/imap-wait.h"
#include "fetch/transport-private.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { TOKEN = 1, STATE = 2, MOD_SEQ = 4, LIST_ONLY = 8, TOLD = 16, MAX_SIZE = 65536 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the server still has to say, through all sessions of one run. */
static GInputStream *server;

/* In place of transport-connect.c. */
bool
rp_transport_connect(RpTransport *transport, GError **error)
{
    g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable();

    (void)error;
    transport->stream = g_simple_io_stream_new(server, sink);
    rp_transport_begin(transport, 0, 0, &rp_guard_greeting, 60, 60);
    return true;
}

bool
rp_transport_start_tls(RpTransport *transport, GError **error)
{
    return rp_transport_error(transport, "encryption", error);
}

void
rp_transport_forget_trust(RpTransport *transport)
{
    (void)transport;
}

int64_t
rp_transport_expires_at(const RpTransport *transport)
{
    (void)transport;
    return RP_NEVER;
}

static void
add_state(RpSource *source, uint64_t mod_seq)
{
    RpFolderState *state = rp_folder_state_new("INBOX");

    state->uid_validity = 7;
    state->low = 1;
    state->high = 3;
    state->n_messages = 2;
    state->is_complete = true;
    state->mod_seq = mod_seq;
    g_hash_table_replace(source->states, state->folder, state);
}

static RpSource *
make_source(uint8_t choice)
{
    static int pipe_fds[2] = {-1, -1}, null_fd = -1;
    RpSource *source;

    if (null_fd < 0 && pipe(pipe_fds) == 0)
        null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    source = rp_source_new(pipe_fds[0], null_fd);
    source->job = rp_job_new();
    source->job->security = RP_SECURITY_NONE;
    source->job->only_list = (choice & LIST_ONLY) != 0;
    g_free(source->job->user);
    source->job->user = g_strdup("ada");
    source->secret = g_new0(RpSecret, 1);
    source->secret->text = g_strdup("secret");
    source->secret->is_token = (choice & TOKEN) != 0;
    if ((choice & STATE) != 0)
        add_state(source, (choice & MOD_SEQ) != 0 ? 5 : 0);
    return source;
}

/* What a session does that is told of news, but for the sleep. */
static bool
be_told(RpSource *source, GError **error)
{
    g_autoptr(RpImap) imap = rp_imap_open(source, error);
    g_autoptr(GPtrArray) folders = imap == NULL ? NULL : rp_imap_list(imap, error);
    RpImapNews news = {.folders = folders};

    return folders != NULL && rp_imap_status(imap, folders, error) &&
           rp_imap_notify(imap, &news, error) &&
           rp_imap_keep_alive(imap, &news, error) &&
           rp_imap_listen(&imap, 1, 0, &news, error);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_done;
    g_autoptr(RpSource) source = NULL;
    g_autoptr(GError) error = NULL;

    if (size < 2 || size > MAX_SIZE)
        return 0;
    source = make_source(data[0]);
    server = g_memory_input_stream_new_from_data(data + 1, (gssize)size - 1, NULL);
    is_done =
        (data[0] & TOLD) != 0 ? be_told(source, &error) : rp_imap_run(source, &error);
    if (!is_done)
        g_assert_true(error != NULL && error->domain == RP_SOURCE_ERROR);
    g_clear_object(&server);
    return 0;
}
