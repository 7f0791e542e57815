/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.c - the tables, version by version */
#include "store/schema.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* A copy is one row: who it names and what it cites stand packed in lists, as
 * numbers of rows of mailbox, message_id and address (see pack.h). Message-IDs are
 * found by a keyed 64-bit hash, and then compared. Instants that are not known
 * are NULL. Folders, copies and what they name come from mailboxes and can be
 * fetched again; decision, answered_seen, curated persons and what was shown
 * cannot. */
static const char VERSION_1[] =
    "CREATE TABLE hash_key (k0 INTEGER NOT NULL, k1 INTEGER NOT NULL);"
    "INSERT INTO hash_key VALUES (random(), random());"

    "CREATE TABLE person (id INTEGER PRIMARY KEY, key TEXT NOT NULL,"
    " is_curated INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE,"
    " person INTEGER NOT NULL REFERENCES person (id));"
    "CREATE INDEX address_person ON address (person);"
    "CREATE TABLE mailbox (id INTEGER PRIMARY KEY,"
    " address INTEGER NOT NULL REFERENCES address (id), name TEXT NOT NULL,"
    " UNIQUE (address, name));"
    "CREATE TABLE list (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"
    "CREATE TABLE message_id (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL,"
    " text TEXT NOT NULL);"
    "CREATE INDEX message_id_hash ON message_id (hash);"

    "CREATE TABLE folder (id INTEGER PRIMARY KEY, account TEXT NOT NULL,"
    " raw TEXT NOT NULL, name TEXT NOT NULL, role INTEGER NOT NULL DEFAULT 0,"
    " is_read INTEGER NOT NULL DEFAULT 1, uid_validity INTEGER, low INTEGER,"
    " high INTEGER, mod_seq INTEGER, n_messages INTEGER, is_complete INTEGER,"
    " token TEXT, last_sync_at INTEGER, UNIQUE (account, raw));"
    "CREATE TABLE copy (id INTEGER PRIMARY KEY,"
    " folder INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,"
    " uid_validity INTEGER NOT NULL, uid INTEGER NOT NULL,"
    " message INTEGER NOT NULL REFERENCES message_id (id),"
    " internal_at INTEGER, date_at INTEGER, size INTEGER NOT NULL,"
    " flags INTEGER NOT NULL, signs INTEGER NOT NULL, cuts INTEGER NOT NULL,"
    " list INTEGER REFERENCES list (id), subject TEXT NOT NULL, thread_index BLOB,"
    " lists BLOB NOT NULL);"
    "CREATE UNIQUE INDEX copy_place ON copy (folder, uid_validity, uid);"
    "CREATE TABLE answered_seen (message INTEGER PRIMARY KEY"
    " REFERENCES message_id (id), seen_at INTEGER NOT NULL);"

    "CREATE TABLE unreadable ("
    " folder INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,"
    " uid INTEGER NOT NULL, uid_validity INTEGER, text TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY (folder, uid)) WITHOUT ROWID;"
    "CREATE TABLE problem (account TEXT NOT NULL, folder TEXT NOT NULL,"
    " code INTEGER NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,"
    " is_of_this_round INTEGER NOT NULL,"
    " PRIMARY KEY (account, folder)) WITHOUT ROWID;"

    "CREATE TABLE decision (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " kind INTEGER NOT NULL, direction INTEGER NOT NULL, person_key TEXT NOT NULL,"
    " message_id TEXT NOT NULL, taken_at INTEGER NOT NULL, undone_at INTEGER,"
    " at INTEGER, detail TEXT NOT NULL, note TEXT NOT NULL);"
    "CREATE TABLE last_list (position INTEGER PRIMARY KEY, followup TEXT NOT NULL);"
    "CREATE TABLE notice (followup TEXT NOT NULL, stage TEXT NOT NULL,"
    " shown_at INTEGER NOT NULL, PRIMARY KEY (followup, stage)) WITHOUT ROWID;"
    "CREATE TABLE value (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

/* What the user says of persons, met in mail or not: tags and limits (R11). */
static const char VERSION_2[] =
    "CREATE TABLE person_fact (person_key TEXT NOT NULL, name TEXT NOT NULL,"
    " value TEXT NOT NULL, PRIMARY KEY (person_key, name, value)) WITHOUT ROWID;"
    "CREATE TABLE tag_limit (tag TEXT PRIMARY KEY, limit_s INTEGER NOT NULL)"
    " WITHOUT ROWID;";

/* What is known of persons: typed by the user, or on cards of an address book. Who is
 * to be forgotten is known by a hash alone. */
static const char VERSION_3[] =
    "ALTER TABLE person_fact ADD COLUMN type TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE card (id INTEGER PRIMARY KEY, source TEXT NOT NULL,"
    " uid TEXT NOT NULL, person_key TEXT NOT NULL, UNIQUE (source, uid));"
    "CREATE TABLE card_fact ("
    " card INTEGER NOT NULL REFERENCES card (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
    " value TEXT NOT NULL, PRIMARY KEY (card, position)) WITHOUT ROWID;"
    "CREATE TABLE forgotten (salt TEXT NOT NULL, hash TEXT NOT NULL,"
    " PRIMARY KEY (salt, hash)) WITHOUT ROWID;";

/* C1: calls, meetings, chats, letters and favours, as they were logged. */
static const char VERSION_4[] =
    "CREATE TABLE contact_event (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " uid TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, way INTEGER NOT NULL,"
    " outcome INTEGER NOT NULL, person_key TEXT NOT NULL, number TEXT NOT NULL,"
    " name TEXT NOT NULL, at INTEGER NOT NULL, logged_at INTEGER NOT NULL,"
    " undone_at INTEGER, detail TEXT NOT NULL, note TEXT NOT NULL);";

/* K1: how often to be in touch. */
static const char VERSION_5[] =
    "CREATE TABLE cadence (is_tag INTEGER NOT NULL, name TEXT NOT NULL,"
    " ideal_s INTEGER NOT NULL, latest_s INTEGER NOT NULL,"
    " since_at INTEGER NOT NULL, PRIMARY KEY (is_tag, name)) WITHOUT ROWID;";

/* Since when the user's words and cards are known (R14; 0: ever), and the last decision
 * before an entry of the log (0: not known), as both may be of one second. */
static const char VERSION_6[] =
    "ALTER TABLE person_fact ADD COLUMN since_at INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE card ADD COLUMN since_at INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE contact_event ADD COLUMN after_decision INTEGER NOT NULL DEFAULT 0;";

/* From here on each write names the state (rp_store_state()): what does not know that
 * must not write. */
static const char VERSION_7[] = "";

const char *const rp_schema_steps[] = {VERSION_1, VERSION_2, VERSION_3, VERSION_4,
                                       VERSION_5, VERSION_6, VERSION_7};
const size_t rp_schema_n_steps = G_N_ELEMENTS(rp_schema_steps);

static bool
get_version(RpStore *store, int64_t *version, GError **error)
{
    return rp_db_get_int(store, "PRAGMA user_version", 0, version, error);
}

static bool
check_newer(const RpStore *store, int64_t version, size_t n_steps, GError **error)
{
    if (version >= 0 && version <= (int64_t)n_steps)
        return true;
    g_set_error(error, RP_STORE_ERROR, RP_STORE_ERROR_NEWER,
                _("%s: written by a newer riposte (version %lld"
                  " of the tables, this one knows %zu); use that one"),
                store->path, (long long)version, n_steps);
    return false;
}

bool
rp_schema_get_version(RpStore *store, size_t n_steps, int64_t *version, GError **error)
{
    return get_version(store, version, error) &&
           check_newer(store, *version, n_steps, error);
}

/* Anything with tables but without our number belongs to another program. */
bool
rp_schema_is_ours(RpStore *store, bool *is_ours, GError **error)
{
    int64_t application_id;
    int64_t n_tables;

    if (!rp_db_get_int(store, "PRAGMA application_id", 0, &application_id, error) ||
        !rp_db_get_int(store, "SELECT count(*) FROM sqlite_schema", 0, &n_tables,
                       error))
        return false;
    *is_ours =
        application_id == RP_APPLICATION_ID || (application_id == 0 && n_tables == 0);
    return true;
}

bool
rp_schema_check_ours(RpStore *store, GError **error)
{
    bool is_ours;

    if (!rp_schema_is_ours(store, &is_ours, error))
        return false;
    if (is_ours)
        return true;
    g_set_error(
        error, RP_STORE_ERROR, RP_STORE_ERROR_CORRUPT,
        _("%s: not riposte's database but another program's; name another file"),
        store->path);
    return false;
}

/* Another process may have taken the step since the version was looked at. */
static bool
take_step(RpStore *store, const char *sql, int64_t number, GError **error)
{
    g_autofree char *mark =
        g_strdup_printf("PRAGMA user_version = %" PRId64 "; PRAGMA application_id = %d",
                        number, RP_APPLICATION_ID);
    int64_t version;

    if (!rp_db_begin_write(store, error))
        return false;
    if (!get_version(store, &version, error))
        return rp_db_end_write(store, false, error);
    if (version >= number)
        return rp_db_end_write(store, true, error);
    return rp_db_end_write(
        store, rp_db_exec(store, sql, error) && rp_db_exec(store, mark, error), error);
}

bool
rp_schema_migrate(RpStore *store, const char *const *steps, size_t n_steps,
                  GError **error)
{
    int64_t version;

    if (!rp_schema_check_ours(store, error) ||
        !rp_schema_get_version(store, n_steps, &version, error))
        return false;
    for (size_t i = (size_t)version; i < n_steps; i++) {
        if (!take_step(store, steps[i], (int64_t)i + 1, error)) {
            g_prefix_error(error, _("step %zu of the tables: "), i + 1);
            return false;
        }
    }
    return true;
}
