/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-import.c - riposte import-export: takes decisions and persons back */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/daemon.h"
#include "cli/import.h"
#include "cli/json-out.h"
#include "core/address.h"
#include "report/json.h"
#include "store/facts.h"

enum { MAX_LINE = 16 << 20, MAX_DEPTH = 32 };

/* What is being taken in, and from where. */
typedef struct {
    RpCli *cli;       /* foreign */
    const char *path; /* foreign */
    unsigned line;    /* from 1 */
    GPtrArray *known; /* own, of RpDecision *: those of the database */
    RpEventImport events;
    unsigned n_decisions, n_undone, n_persons, n_facts;
} Import;

static bool G_GNUC_PRINTF(3, 4)
    refuse(const Import *import, GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s:%u: %s", import->path,
                import->line, text);
    return false;
}

static char *
dup_or_empty(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

/* --- decisions --- */

static bool
is_about_message(RpDecisionKind kind)
{
    return kind != RP_DECISION_IGNORE_PERSON && kind != RP_DECISION_MERGE &&
           kind != RP_DECISION_SPLIT;
}

/* NULL if the line lacks what a decision must have. The caller's. */
static RpDecision *
read_decision(JsonObject *object)
{
    const char *kinds[RP_N_DECISIONS];
    static const char *const directions[] = {"mine", "theirs"};
    g_autoptr(RpDecision) decision = g_new0(RpDecision, 1);
    size_t kind = 0;
    size_t direction = 0;

    for (size_t i = 0; i < RP_N_DECISIONS; i++)
        kinds[i] = rp_decision_name((RpDecisionKind)i);
    decision->person_key = dup_or_empty(rp_member_text(object, "person_key"));
    decision->message_id = dup_or_empty(rp_member_text(object, "message_id"));
    decision->detail = dup_or_empty(rp_member_text(object, "detail"));
    decision->note = dup_or_empty(rp_member_text(object, "note"));
    if (!rp_member_word(object, "kind", kinds, RP_N_DECISIONS, &kind) ||
        !rp_member_word(object, "direction", directions, 2, &direction) ||
        !rp_member_instant(object, "taken_at", &decision->taken_at) ||
        !rp_member_instant(object, "undone_at", &decision->undone_at) ||
        !rp_member_instant(object, "at", &decision->at) ||
        decision->taken_at == RP_NEVER)
        return NULL;
    decision->kind = (RpDecisionKind)kind;
    decision->direction = (RpDirection)direction;
    if (decision->kind != RP_DECISION_DONE && decision->kind != RP_DECISION_SNOOZE)
        decision->at = decision->taken_at;
    if ((decision->kind != RP_DECISION_IGNORE_CONVERSATION &&
         *decision->person_key == '\0') ||
        (is_about_message(decision->kind) && *decision->message_id == '\0'))
        return NULL;
    return decision->at != RP_NEVER ? g_steal_pointer(&decision) : NULL;
}

static bool
is_same(const RpDecision *a, const RpDecision *b)
{
    return a->kind == b->kind && a->direction == b->direction &&
           a->taken_at == b->taken_at && strcmp(a->person_key, b->person_key) == 0 &&
           strcmp(a->message_id, b->message_id) == 0 &&
           strcmp(a->detail, b->detail) == 0;
}

static RpDecision *
find_known(const Import *import, const RpDecision *decision)
{
    for (guint i = 0; i < import->known->len; i++) {
        RpDecision *known = g_ptr_array_index(import->known, i);

        if (is_same(known, decision))
            return known;
    }
    return NULL;
}

/* An undoing counts on either side; a decision that is here already stays as it is. */
static bool
take_decision(Import *import, JsonObject *object, GError **error)
{
    g_autoptr(RpDecision) decision = read_decision(object);
    RpDecision *known = decision != NULL ? find_known(import, decision) : NULL;
    RpStore *store = import->cli->store;

    if (decision == NULL)
        return refuse(import, error, _("this decision is not whole"));
    if (known == NULL) {
        int64_t undone_at = decision->undone_at;

        decision->undone_at = RP_NEVER;
        if (!rp_store_add_decision(store, decision, error))
            return false;
        decision->undone_at = undone_at;
        import->n_decisions++;
        if (undone_at != RP_NEVER &&
            !rp_store_undo_decision(store, decision->id, undone_at, error))
            return false;
        g_ptr_array_add(import->known, g_steal_pointer(&decision));
        return true;
    }
    if (known->undone_at != RP_NEVER || decision->undone_at == RP_NEVER)
        return true;
    known->undone_at = decision->undone_at;
    import->n_undone++;
    return rp_store_undo_decision(store, known->id, decision->undone_at, error);
}

/* --- persons --- */

static bool
take_facts(Import *import, JsonObject *object,
           bool (*take)(RpCli *, JsonObject *, unsigned *, GError **), GError **error)
{
    if (take(import->cli, object, &import->n_facts, error))
        return true;
    if (error != NULL && *error == NULL)
        return refuse(import, error, _("these facts are not whole"));
    g_prefix_error(error, "%s:%u: ", import->path, import->line);
    return false;
}

static bool
take_tag_limit(Import *import, JsonObject *object, GError **error)
{
    const char *tag = rp_member_text(object, "tag");
    int64_t limit_s = rp_member_number(object, "limit_s");
    bool is_new = false;

    if (tag == NULL || *tag == '\0' || limit_s == 0 || limit_s > RP_LONGEST_LIMIT_S)
        return refuse(import, error, _("this limit of a tag is not whole"));
    if (!rp_store_offer_tag_limit(import->cli->store, tag, limit_s, &is_new, error))
        return false;
    import->n_facts += is_new;
    return true;
}

static bool
has_facts(JsonObject *object)
{
    JsonNode *facts = json_object_get_member(object, "facts");

    return facts != NULL && JSON_NODE_HOLDS_ARRAY(facts) &&
           json_array_get_length(json_node_get_array(facts)) > 0;
}

static bool
take_person(Import *import, JsonObject *object, GError **error)
{
    const char *key = rp_member_text(object, "key");
    JsonNode *curated = json_object_get_member(object, "curated");

    if (key == NULL || *key == '\0')
        return refuse(import, error, _("this person has no key"));
    if (!take_facts(import, object, rp_people_import_facts, error))
        return false;
    if (curated == NULL || !JSON_NODE_HOLDS_VALUE(curated) ||
        !json_node_get_boolean(curated))
        return true;
    import->n_persons++;
    /* Facts make them known, each since its own time. */
    return has_facts(object) || rp_store_mark_curated(import->cli->store, key, error);
}

/* --- lines --- */

static bool
take_event(Import *import, JsonObject *object, bool is_cadence, GError **error)
{
    if (is_cadence ? rp_cadence_import_take(import->cli, object, error)
                   : rp_event_import_take(&import->events, import->cli, object, error))
        return true;
    g_prefix_error(error, "%s:%u: ", import->path, import->line);
    return false;
}

static bool
take_line(Import *import, JsonObject *object, GError **error)
{
    const char *type = rp_member_text(object, "type");
    bool is_gone = false;

    if (import->line == 1) {
        if (g_strcmp0(type, "meta") == 0 &&
            g_strcmp0(rp_member_text(object, "schema"), "riposte.export/1") == 0)
            return true;
        return refuse(import, error,
                      _("this is no export of riposte (riposte.export/1)"));
    }
    if (g_strcmp0(type, "forgotten") == 0)
        return take_facts(import, object, rp_people_import_forgotten, error);
    if (!rp_people_is_forgotten(import->cli, object, &is_gone, error) || is_gone)
        return is_gone;
    if (g_strcmp0(type, "decision") == 0)
        return take_decision(import, object, error);
    if (g_strcmp0(type, "contact_event") == 0 || g_strcmp0(type, "cadence") == 0)
        return take_event(import, object, strcmp(type, "cadence") == 0, error);
    if (g_strcmp0(type, "tag_limit") == 0)
        return take_tag_limit(import, object, error);
    if (g_strcmp0(type, "card") == 0)
        return take_facts(import, object, rp_people_import_card, error);
    if (g_strcmp0(type, "person") == 0)
        return take_person(import, object, error);
    return true;
}

/* JSON is parsed by recursion: a line of brackets would use up the stack. Comments and
 * texts in other quotes, which JSON has not, could hide them. */
static bool
may_parse(const char *text, gsize n)
{
    bool in_text = false;
    int depth = 0;

    for (gsize i = 0; i < n && depth <= MAX_DEPTH; i++) {
        if (in_text && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            in_text = !in_text;
        else if (!in_text && (text[i] == '/' || text[i] == '#' || text[i] == '\''))
            return false;
        else if (!in_text)
            depth +=
                (text[i] == '[' || text[i] == '{') - (text[i] == ']' || text[i] == '}');
    }
    return depth <= MAX_DEPTH;
}

static bool
parse_line(Import *import, JsonParser *parser, const char *text, gsize n,
           GError **error)
{
    JsonNode *root;

    if (n > MAX_LINE || !may_parse(text, n) ||
        !json_parser_load_from_data(parser, text, (gssize)n, NULL))
        return refuse(import, error, _("this line is no JSON"));
    root = json_parser_get_root(parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return refuse(import, error, _("this line is no JSON object"));
    return take_line(import, json_node_get_object(root), error);
}

static bool
read_lines(Import *import, GDataInputStream *in, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();

    for (;;) {
        g_autoptr(GError) local = NULL;
        gsize n = 0;
        g_autofree char *text = g_data_input_stream_read_line(in, &n, NULL, &local);

        import->line++;
        if (local != NULL)
            return refuse(import, error, "%s", local->message);
        if (text == NULL)
            return import->line > 1 || refuse(import, error, _("the file is empty"));
        if (n > 0 && !parse_line(import, parser, text, n, error))
            return false;
    }
}

static GDataInputStream *
open_file(const char *path, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, error);

    return stream != NULL ? g_data_input_stream_new(G_INPUT_STREAM(stream)) : NULL;
}

static void
print_sentence(const Import *import)
{
    unsigned n_undone = import->n_undone + import->events.n_undone;
    g_autofree char *decisions =
        g_strdup_printf(ngettext("%u decision", "%u decisions", import->n_decisions),
                        import->n_decisions);
    g_autofree char *undone =
        g_strdup_printf(ngettext("%u undoing", "%u undoings", n_undone), n_undone);
    g_autofree char *persons = g_strdup_printf(
        ngettext("%u contact", "%u contacts", import->n_persons), import->n_persons);
    g_autofree char *facts = g_strdup_printf(
        ngettext("%u fact", "%u facts", import->n_facts), import->n_facts);
    g_autofree char *events = g_strdup_printf(
        ngettext("%u entry of the log", "%u entries of the log", import->events.n_new),
        import->events.n_new);

    /* TRANSLATORS: "3 decisions", "1 undoing", "2 contacts", "0 facts" (tags
     * and limits too), "1 entry of the log". */
    rp_cli_print(import->cli,
                 _("Taken in: %s, %s, %s, %s, %s. Messages come from the mailbox:"
                   " riposte sync\n"),
                 decisions, undone, persons, facts, events);
}

static void
print_result(const Import *import)
{
    RpCli *cli = import->cli;
    g_autoptr(JsonBuilder) builder = json_builder_new();

    if (!cli->is_json) {
        print_sentence(import);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.import/1");
    rp_json_add_int(builder, "decisions", import->n_decisions);
    rp_json_add_int(builder, "undone", import->n_undone + import->events.n_undone);
    rp_json_add_int(builder, "contact_events", import->events.n_new);
    rp_json_add_int(builder, "persons", import->n_persons);
    rp_json_add_int(builder, "tags_and_limits", import->n_facts);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

static RpExit
run(RpCli *cli, GError **error)
{
    const char *path = rp_args_word(cli->args, 0);
    g_autoptr(GDataInputStream) in = open_file(path, error);
    Import import = {.cli = cli, .path = path};
    bool is_read;

    if (in == NULL || rp_cli_store(cli, error) == NULL)
        return RP_EXIT_FAILED;
    import.known = rp_store_load_decisions(cli->store, error);
    if (import.known == NULL)
        return RP_EXIT_FAILED;
    is_read = read_lines(&import, in, error);
    g_ptr_array_unref(import.known);
    g_clear_pointer(&import.events.known, g_hash_table_unref);
    if (!is_read)
        return RP_EXIT_FAILED;
    rp_cli_tell_daemon();
    print_result(&import);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_import_export = {
    .name = "import-export",
    .run = run,
    .summary = N_("takes decisions and contacts of an export back in"),
    .words = "FILE",
    .min_words = 1,
    .max_words = 1,
    .help = N_(
        "FILE is what riposte export wrote, of this machine or another. What is here\n"
        "already stays; messages are not taken, they come from the mailbox."),
};
