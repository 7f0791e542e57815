/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-fetch.c - headers through libetpan, one envelope a message */
#include "config.h"

#include "fetch/header.h"
#include "fetch/imap.h"

#include <glib/gi18n.h>
#include <string.h>

enum {
    SLOWEST_MS = 250, /* a message, over a whole command */
    SPARE_LINES = 1000,
};

/* One FETCH command and what it has brought. */
typedef struct {
    RpImap *imap;
    const RpImapFolder *folder;
    uint32_t first, last; /* the UIDs asked for */
    GHashTable *done;     /* foreign */
} Fetch;

/* What one message says of itself; texts are libetpan's. */
typedef struct {
    uint32_t uid, flags, size;
    int64_t internal_at;
    const char *header;
    size_t n_header;
    bool has_header;
} Message;

uint32_t
rp_imap_flag(const char *name)
{
    static const struct {
        const char *name;
        RpFlags flag;
    } flags[] = {
        {"\\Seen", RP_FLAG_SEEN},       {"\\Answered", RP_FLAG_ANSWERED},
        {"\\Flagged", RP_FLAG_FLAGGED}, {"\\Deleted", RP_FLAG_DELETED},
        {"\\Draft", RP_FLAG_DRAFT},     {"$Forwarded", RP_FLAG_FORWARDED},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        if (g_ascii_strcasecmp(name, flags[i].name) == 0)
            return flags[i].flag;
    return 0;
}

static uint32_t
read_flag(const struct mailimap_flag *flag)
{
    switch (flag->fl_type) {
    case MAILIMAP_FLAG_ANSWERED:
        return RP_FLAG_ANSWERED;
    case MAILIMAP_FLAG_FLAGGED:
        return RP_FLAG_FLAGGED;
    case MAILIMAP_FLAG_DELETED:
        return RP_FLAG_DELETED;
    case MAILIMAP_FLAG_SEEN:
        return RP_FLAG_SEEN;
    case MAILIMAP_FLAG_DRAFT:
        return RP_FLAG_DRAFT;
    case MAILIMAP_FLAG_KEYWORD:
        return rp_imap_flag(flag->fl_data.fl_keyword);
    default:
        return 0;
    }
}

static void
read_flags(const struct mailimap_msg_att_dynamic *dynamic, Message *message)
{
    if (dynamic->att_list == NULL)
        return;
    for (clistiter *i = clist_begin(dynamic->att_list); i != NULL; i = clist_next(i)) {
        const struct mailimap_flag_fetch *flag = clist_content(i);

        if (flag->fl_type == MAILIMAP_FLAG_FETCH_OTHER && flag->fl_flag != NULL)
            message->flags |= read_flag(flag->fl_flag);
    }
}

/* RP_NEVER if there is no such day or hour. */
static int64_t
read_date(const struct mailimap_date_time *date)
{
    int minutes = ABS(date->dt_zone) / 100 * 60 + ABS(date->dt_zone) % 100;
    g_autoptr(GDateTime) time =
        g_date_time_new_utc(date->dt_year, date->dt_month, date->dt_day, date->dt_hour,
                            date->dt_min, MIN(date->dt_sec, 59));

    if (time == NULL || minutes > 24 * 60)
        return RP_NEVER;
    return g_date_time_to_unix(time) -
           (date->dt_zone < 0 ? -60 : 60) * (int64_t)minutes;
}

static void
read_static(const struct mailimap_msg_att_static *item, Message *message)
{
    const struct mailimap_msg_att_body_section *section;

    switch (item->att_type) {
    case MAILIMAP_MSG_ATT_UID:
        message->uid = item->att_data.att_uid;
        break;
    case MAILIMAP_MSG_ATT_RFC822_SIZE:
        message->size = item->att_data.att_rfc822_size;
        break;
    case MAILIMAP_MSG_ATT_INTERNALDATE:
        if (item->att_data.att_internal_date != NULL)
            message->internal_at = read_date(item->att_data.att_internal_date);
        break;
    case MAILIMAP_MSG_ATT_BODY_SECTION:
        section = item->att_data.att_body_section;
        message->has_header = section != NULL;
        if (section != NULL && section->sec_body_part != NULL) {
            message->header = section->sec_body_part;
            message->n_header = section->sec_length;
        }
        break;
    default:
        break;
    }
}

static void
read_message(const struct mailimap_msg_att *att, Message *message)
{
    for (clistiter *i = clist_begin(att->att_list); i != NULL; i = clist_next(i)) {
        const struct mailimap_msg_att_item *item = clist_content(i);

        if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
            read_static(item->att_data.att_static, message);
        else if (item->att_type == MAILIMAP_MSG_ATT_ITEM_DYNAMIC)
            read_flags(item->att_data.att_dyn, message);
    }
}

static bool
emit_message(const Fetch *fetch, const Message *message)
{
    RpImap *imap = fetch->imap;
    const char *key = fetch->folder->info->folder;
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();
    RpHeaderPlace place = {imap->source->job->account, key,
                           fetch->folder->uid_validity};

    envelope->uid = message->uid;
    envelope->flags = message->flags;
    envelope->size = message->size;
    envelope->internal_at = message->internal_at;
    rp_header_parse(message->header, message->n_header, envelope);
    if (*envelope->message_id == '\0')
        rp_header_make_id(envelope, message->header, message->n_header, &place);
    imap->n_done++;
    return rp_source_emit_envelope(imap->source, key, fetch->folder->uid_validity,
                                   envelope) &&
           rp_source_emit_progress(imap->source, key, imap->n_done, imap->n_total);
}

/* Also called for messages that only tell of new flags: those have no header. */
static void
on_message(struct mailimap_msg_att *att, void *data)
{
    Fetch *fetch = data;
    Message message = {.internal_at = RP_NEVER, .header = ""};

    read_message(att, &message);
    if (!message.has_header || message.uid < fetch->first ||
        message.uid > fetch->last ||
        !g_hash_table_add(fetch->done, GUINT_TO_POINTER(message.uid)))
        return;
    if (!emit_message(fetch, &message))
        mailstream_cancel(fetch->imap->session->imap_stream);
}

static struct mailimap_fetch_type *
fetch_type(void)
{
    struct mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
    clist *names = clist_new();

    for (const char *const *name = rp_header_field_names(); *name != NULL; name++)
        clist_append(names, strdup(*name));
    mailimap_fetch_type_new_fetch_att_list_add(type, mailimap_fetch_att_new_uid());
    mailimap_fetch_type_new_fetch_att_list_add(type, mailimap_fetch_att_new_flags());
    mailimap_fetch_type_new_fetch_att_list_add(type,
                                               mailimap_fetch_att_new_internaldate());
    mailimap_fetch_type_new_fetch_att_list_add(type,
                                               mailimap_fetch_att_new_rfc822_size());
    mailimap_fetch_type_new_fetch_att_list_add(
        type, mailimap_fetch_att_new_body_peek_section(
                  mailimap_section_new_header_fields(mailimap_header_list_new(names))));
    return type;
}

/* As few ranges as can be, as all UIDs between two of the list are gone but those to
 * be skipped. */
static struct mailimap_set *
fetch_set(const GArray *uids, guint n, const GArray *skipped)
{
    struct mailimap_set *set = mailimap_set_new_empty();
    uint32_t first = g_array_index(uids, uint32_t, 0);
    guint at = 0;

    for (guint i = 0; i < n; i++) {
        uint32_t uid = g_array_index(uids, uint32_t, i);
        bool is_last = i + 1 == n;

        while (at < skipped->len && g_array_index(skipped, uint32_t, at) <= uid)
            at++;
        if (is_last ||
            (at < skipped->len && g_array_index(skipped, uint32_t, at) <
                                      g_array_index(uids, uint32_t, i + 1))) {
            mailimap_set_add_interval(set, first, uid);
            first = is_last ? 0 : g_array_index(uids, uint32_t, i + 1);
        }
    }
    return set;
}

bool
rp_imap_fetch(RpImap *imap, const RpImapFolder *folder, const GArray *uids, guint n,
              const GArray *skipped, GHashTable *done, GError **error)
{
    struct mailimap_fetch_type *type = fetch_type();
    struct mailimap_set *set = fetch_set(uids, n, skipped);
    RpGuardProfile profile = rp_guard_fetch;
    Fetch fetch = {imap, folder, g_array_index(uids, uint32_t, 0),
                   g_array_index(uids, uint32_t, n - 1), done};
    clist *rest = NULL;
    g_autofree char *what = g_strdup_printf(_("reading %s"), folder->info->name);
    int r;

    profile.fetches = 2 * n + SPARE_LINES;
    rp_imap_begin(imap, &profile, RP_IMAP_COMMAND_S + n * SLOWEST_MS / 1000);
    mailimap_set_msg_att_handler(imap->session, on_message, &fetch);
    r = mailimap_uid_fetch(imap->session, set, type, &rest);
    mailimap_set_msg_att_handler(imap->session, NULL, NULL);
    if (r == MAILIMAP_NO_ERROR && rest != NULL)
        mailimap_fetch_list_free(rest); /* after an error it is freed already */
    mailimap_set_free(set);
    mailimap_fetch_type_free(type);
    return rp_imap_check(imap, r, what, error);
}
