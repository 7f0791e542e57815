/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c - riposte.export/1: everything, an object a line */
#include "report/export-people.h"
#include "report/facts.h"
#include "report/json.h"
#include "store/facts.h"
#include "view/marks.h"

/* Lines are gathered up to this many bytes before they are written. */
enum { WRITE_BYTES = 1 << 16 };

typedef struct {
    const RpView *view;       /* foreign */
    GOutputStream *out;       /* foreign */
    JsonBuilder *builder;     /* own */
    JsonGenerator *generator; /* own */
    GString *text;            /* own; not written yet */
} Writer;

static void
writer_clear(Writer *writer)
{
    g_object_unref(writer->builder);
    g_object_unref(writer->generator);
    g_string_free(writer->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Writer, writer_clear)

static bool
write_out(Writer *writer, GError **error)
{
    bool is_written = g_output_stream_write_all(writer->out, writer->text->str,
                                                writer->text->len, NULL, NULL, error);

    g_string_truncate(writer->text, 0);
    return is_written;
}

static void
begin_line(Writer *writer, const char *type)
{
    json_builder_begin_object(writer->builder);
    json_builder_set_member_name(writer->builder, "type");
    json_builder_add_string_value(writer->builder, type);
}

static bool
end_line(Writer *writer, GError **error)
{
    json_builder_end_object(writer->builder);
    rp_json_flush(writer->builder, writer->generator, writer->text);
    g_string_append_c(writer->text, '\n');
    return writer->text->len < WRITE_BYTES || write_out(writer, error);
}

/* --- messages --- */

static const char *
address_text(const Writer *writer, uint32_t address)
{
    return g_array_index(writer->view->corpus->addresses, RpAddress, address).text;
}

static void
addresses_member(const Writer *writer, const char *name, RpSlice slice)
{
    json_builder_set_member_name(writer->builder, name);
    json_builder_begin_array(writer->builder);
    for (uint32_t i = 0; i < slice.n; i++) {
        uint32_t address =
            g_array_index(writer->view->corpus->pool, uint32_t, slice.first + i);

        json_builder_add_string_value(writer->builder, address_text(writer, address));
    }
    json_builder_end_array(writer->builder);
}

static void
copy_value(const Writer *writer, const RpCopy *copy)
{
    const RpFolder *folder =
        &g_array_index(writer->view->corpus->folders, RpFolder, copy->folder);
    g_autofree const char **flags = rp_flags_names(copy->flags);

    json_builder_begin_object(writer->builder);
    rp_json_add_text(writer->builder, "account", folder->account);
    rp_json_add_text(writer->builder, "folder", folder->name);
    rp_json_add_int(writer->builder, "uid", (int64_t)copy->uid);
    json_builder_set_member_name(writer->builder, "flags");
    json_builder_begin_array(writer->builder);
    for (const char **flag = flags; *flag != NULL; flag++)
        json_builder_add_string_value(writer->builder, *flag);
    json_builder_end_array(writer->builder);
    json_builder_end_object(writer->builder);
}

static void
copies_member(const Writer *writer, const RpMessage *message)
{
    const RpDerivation *derivation = writer->view->derivation;

    json_builder_set_member_name(writer->builder, "copies");
    json_builder_begin_array(writer->builder);
    for (uint32_t i = 0; i < message->n_copies; i++) {
        uint32_t index =
            g_array_index(derivation->sorted_copies, uint32_t, message->first_copy + i);

        copy_value(writer, &g_array_index(writer->view->corpus->copies, RpCopy, index));
    }
    json_builder_end_array(writer->builder);
}

static void
header_members(const Writer *writer, const RpCopy *copy)
{
    uint32_t from = copy->from.n > 0 ? g_array_index(writer->view->corpus->pool,
                                                     uint32_t, copy->from.first)
                                     : RP_NONE;

    rp_json_add_text(writer->builder, "from",
                     from != RP_NONE ? address_text(writer, from) : NULL);
    addresses_member(writer, "to", copy->to);
    addresses_member(writer, "cc", copy->cc);
    rp_json_add_text(writer->builder, "subject", copy->subject);
    rp_json_add_int(writer->builder, "size", copy->size);
}

static void
parent_member(const Writer *writer, const RpMessage *message)
{
    const RpDerivation *derivation = writer->view->derivation;
    const char *parent =
        message->parent == RP_NONE
            ? NULL
            : rp_message_id(derivation, &g_array_index(derivation->messages, RpMessage,
                                                       message->parent));

    rp_json_add_text(writer->builder, "parent", parent);
}

static bool
write_message(Writer *writer, const RpMessage *message, GError **error)
{
    const RpDerivation *derivation = writer->view->derivation;

    begin_line(writer, "message");
    rp_json_add_text(writer->builder, "message_id", rp_message_id(derivation, message));
    rp_json_add_int(writer->builder, "conversation", message->conversation);
    parent_member(writer, message);
    rp_json_add_instant(writer->builder, "effective_at", message->effective_at);
    rp_json_add_instant(writer->builder, "own_at", message->own_at);
    rp_json_add_text(writer->builder, "time_source",
                     rp_time_source_name(message->source));
    header_members(writer, rp_message_copy(derivation, message));
    rp_json_add_bool(writer->builder, "mine", message->is_mine);
    rp_json_add_text(writer->builder, "kind", rp_kind_name(message->kind));
    rp_json_add_text(writer->builder, "why", message->why);
    copies_member(writer, message);
    return end_line(writer, error);
}

static bool
write_messages(Writer *writer, GError **error)
{
    const GArray *messages = writer->view->derivation->messages;

    for (guint i = 0; i < messages->len; i++) {
        if (!write_message(writer, &g_array_index(messages, RpMessage, i), error))
            return false;
    }
    return true;
}

/* --- follow-ups, persons, decisions --- */

static bool
write_followups(Writer *writer, GError **error)
{
    const GArray *followups = writer->view->derivation->followups;

    for (guint i = 0; i < followups->len; i++) {
        begin_line(writer, "followup");
        rp_json_followup_members(writer->builder, writer->view,
                                 &g_array_index(followups, RpFollowup, i));
        if (!end_line(writer, error))
            return false;
    }
    return true;
}

/* The tags and limits that the user gave, each with the key that bears it: of those who
 * were made one person each has their own. */
static void
marks_member(Writer *writer, uint32_t person)
{
    const RpFactRow *fact;
    guint i = 0;

    json_builder_set_member_name(writer->builder, "marks");
    json_builder_begin_array(writer->builder);
    while ((fact = rp_view_next_fact(writer->view, person, NULL, &i)) != NULL) {
        bool is_tag = g_str_equal(fact->name, RP_FACT_TAG);

        if (*fact->source != '\0' ||
            !(is_tag || g_str_equal(fact->name, RP_FACT_LIMIT)))
            continue;
        json_builder_begin_object(writer->builder);
        rp_json_add_text(writer->builder, "key", fact->person_key);
        rp_json_add_instant(writer->builder, "since_at",
                            fact->since_at > 0 ? fact->since_at : RP_NEVER);
        if (is_tag)
            rp_json_add_text(writer->builder, "tag", fact->value);
        else
            rp_json_add_duration(writer->builder, "limit_s",
                                 g_ascii_strtoll(fact->value, NULL, 10));
        json_builder_end_object(writer->builder);
    }
    json_builder_end_array(writer->builder);
}

/* The person whose addresses begin at *i, which then stands behind them. */
static bool
write_person(Writer *writer, const GArray *people, guint *i, GError **error)
{
    const RpPersonAddress *first = &g_array_index(people, RpPersonAddress, *i);
    const RpPerson *person =
        &g_array_index(writer->view->corpus->persons, RpPerson, first->person);

    begin_line(writer, "person");
    rp_json_add_int(writer->builder, "id", person->id);
    rp_json_add_text(writer->builder, "key", person->key);
    rp_json_add_text(writer->builder, "name",
                     rp_person_name(writer->view->derivation, first->person));
    rp_json_add_bool(writer->builder, "curated", person->is_curated);
    rp_json_marks(writer->builder, writer->view, first->person);
    marks_member(writer, first->person);
    json_builder_set_member_name(writer->builder, "addresses");
    json_builder_begin_array(writer->builder);
    for (; *i < people->len; (*i)++) {
        const RpPersonAddress *row = &g_array_index(people, RpPersonAddress, *i);

        if (row->person != first->person)
            break;
        if (row->text != NULL)
            json_builder_add_string_value(writer->builder, row->text);
    }
    json_builder_end_array(writer->builder);
    rp_json_facts(writer->builder, writer->view, first->person);
    return end_line(writer, error);
}

/* R11: the limits of tags. */
static bool
write_tag_limits(Writer *writer, GError **error)
{
    const GPtrArray *limits = writer->view->tag_limits;

    for (guint i = 0; limits != NULL && i < limits->len; i++) {
        const RpTagLimitRow *limit = g_ptr_array_index(limits, i);

        begin_line(writer, "tag_limit");
        rp_json_add_text(writer->builder, "tag", limit->tag);
        rp_json_add_duration(writer->builder, "limit_s", limit->limit_s);
        if (!end_line(writer, error))
            return false;
    }
    return true;
}

static bool
write_persons(Writer *writer, const GArray *people, GError **error)
{
    guint i = 0;

    while (i < people->len) {
        if (!write_person(writer, people, &i, error))
            return false;
    }
    return true;
}

static bool
write_decision(Writer *writer, const RpDecision *decision, GError **error)
{
    bool is_undone = decision->undone_at <= writer->view->as_of_at;

    begin_line(writer, "decision");
    rp_json_add_int(writer->builder, "id", decision->id);
    rp_json_add_text(writer->builder, "kind", rp_decision_name(decision->kind));
    rp_json_add_text(writer->builder, "direction",
                     rp_direction_name(decision->direction));
    rp_json_add_text(writer->builder, "person_key", decision->person_key);
    rp_json_add_text(writer->builder, "message_id", decision->message_id);
    rp_json_add_instant(writer->builder, "taken_at", decision->taken_at);
    rp_json_add_instant(writer->builder, "undone_at",
                        is_undone ? decision->undone_at : RP_NEVER);
    rp_json_add_instant(writer->builder, "at",
                        decision->kind == RP_DECISION_DONE ||
                                decision->kind == RP_DECISION_SNOOZE
                            ? decision->at
                            : RP_NEVER);
    rp_json_add_text(writer->builder, "detail", decision->detail);
    rp_json_add_text(writer->builder, "note", decision->note);
    return end_line(writer, error);
}

static bool
exists(const Writer *writer, const RpDecision *decision)
{
    return decision->taken_at <= writer->view->as_of_at;
}

static bool
write_decisions(Writer *writer, GError **error)
{
    const GPtrArray *decisions = writer->view->decisions;

    for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(decisions, i);

        if (exists(writer, decision) && !write_decision(writer, decision, error))
            return false;
    }
    return true;
}

static guint
count_decisions(const Writer *writer)
{
    const GPtrArray *decisions = writer->view->decisions;
    guint n = 0;

    for (guint i = 0; decisions != NULL && i < decisions->len; i++)
        n += exists(writer, g_ptr_array_index(decisions, i)) ? 1 : 0;
    return n;
}

/* --- the whole --- */

static bool
write_meta(Writer *writer, const GArray *people, GError **error)
{
    const RpDerivation *derivation = writer->view->derivation;

    begin_line(writer, "meta");
    rp_json_add_text(writer->builder, "schema", "riposte.export/1");
    rp_json_add_instant(writer->builder, "as_of", writer->view->as_of_at);
    json_builder_set_member_name(writer->builder, "counts");
    json_builder_begin_object(writer->builder);
    rp_json_add_int(writer->builder, "messages", derivation->messages->len);
    rp_json_add_int(writer->builder, "conversations", derivation->n_conversations);
    rp_json_add_int(writer->builder, "followups", derivation->followups->len);
    rp_json_add_int(writer->builder, "persons", rp_export_count_persons(people));
    rp_json_add_int(writer->builder, "decisions", count_decisions(writer));
    rp_json_add_int(writer->builder, "contact_events",
                    rp_json_events(writer->view, NULL));
    json_builder_end_object(writer->builder);
    return end_line(writer, error);
}

bool
rp_json_export(const RpView *view, GOutputStream *out, GError **error)
{
    g_auto(Writer) writer = {
        .view = view,
        .out = out,
        .builder = json_builder_new(),
        .generator = json_generator_new(),
        .text = g_string_sized_new(WRITE_BYTES * 2),
    };
    g_autoptr(GArray) people = rp_export_people(view);
    g_autoptr(GString) events = g_string_new(NULL);

    rp_json_cards(view, events);
    rp_json_events(view, events);
    rp_json_cadences(view, events);
    return write_meta(&writer, people, error) && write_messages(&writer, error) &&
           write_followups(&writer, error) && write_persons(&writer, people, error) &&
           write_tag_limits(&writer, error) && write_decisions(&writer, error) &&
           g_string_append_len(writer.text, events->str, (gssize)events->len) != NULL &&
           write_out(&writer, error);
}
