/* SPDX-License-Identifier: GPL-3.0-or-later */
/* facts.c - what is known of a person beside their mail: as text, JSON and a card */
#include "report/facts.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "core/address.h"
#include "report/json.h"
#include "report/text.h"
#include "view/marks.h"

/* Whom a value names: of an introducer the user's choice is a key. */
static const char *
value_for_people(const RpView *view, const RpCardFact *fact)
{
    uint32_t person = fact->field == RP_CARD_INTRODUCED_BY
                          ? rp_corpus_find_person(view->corpus, fact->value)
                          : RP_NONE;

    return person != RP_NONE ? rp_view_label_of(view, person, RP_NONE) : fact->value;
}

static void
put_line(GString *text, const RpView *view, const RpCardFact *fact)
{
    const RpCardFieldRow *row = &rp_card_fields[fact->field];
    const char *value = value_for_people(view, fact);
    g_autofree char *plain =
        row->is_structured ? rp_card_plain(value) : g_strdup(value);
    g_autofree char *clean = rp_text_clean(plain, 0);

    rp_text_put_label(text, _(row->label));
    g_string_append_printf(text, "%s%s%s%s\n", clean, *fact->type != '\0' ? " (" : "",
                           fact->type, *fact->type != '\0' ? ")" : "");
}

/* Shown elsewhere on the page. */
static bool
is_shown_elsewhere(RpCardField field)
{
    return field == RP_CARD_NAME || field == RP_CARD_PARTS ||
           field == RP_CARD_ADDRESS || field == RP_CARD_TAG;
}

static void
put_questions(GString *text, const RpCard *card)
{
    GString *questions = g_string_new(NULL);

    for (int i = 0; i < RP_N_CARD_FIELDS; i++)
        if (rp_card_fields[i].question != NULL &&
            rp_card_get(card, (RpCardField)i) == NULL)
            g_string_append_printf(questions, "%s%s", questions->len > 0 ? "; " : "",
                                   _(rp_card_fields[i].question));
    if (questions->len > 0) {
        rp_text_put_label(text, _("worth asking"));
        g_string_append_printf(text, "%s\n", questions->str);
    }
    g_string_free(questions, TRUE);
}

void
rp_facts_put_text(GString *text, const RpView *view, uint32_t person)
{
    g_autoptr(RpCard) card = rp_facts_card(view, person);

    if (!g_array_index(view->corpus->persons, RpPerson, person).is_curated)
        return;
    for (int field = 0; field < RP_N_CARD_FIELDS; field++)
        for (guint i = 0; i < card->facts->len; i++) {
            const RpCardFact *fact = g_ptr_array_index(card->facts, i);

            if (fact->field == (RpCardField)field && !is_shown_elsewhere(fact->field))
                put_line(text, view, fact);
        }
    put_questions(text, card);
}

void
rp_json_facts(JsonBuilder *builder, const RpView *view, uint32_t person)
{
    const RpFactRow *fact;
    guint i = 0;

    json_builder_set_member_name(builder, "facts");
    json_builder_begin_array(builder);
    while ((fact = rp_view_next_fact(view, person, NULL, &i)) != NULL) {
        if (*fact->source == '\0' && (strcmp(fact->name, RP_FACT_TAG) == 0 ||
                                      strcmp(fact->name, RP_FACT_LIMIT) == 0))
            continue;
        json_builder_begin_object(builder);
        rp_json_add_text(builder, "name", fact->name);
        rp_json_add_text(builder, "value", fact->value);
        rp_json_add_text(builder, "type", fact->type);
        rp_json_add_text(builder, "source", fact->source);
        rp_json_add_text(builder, "key", fact->person_key);
        rp_json_add_instant(builder, "since_at",
                            fact->since_at > 0 ? fact->since_at : RP_NEVER);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

/* The card whose facts begin at *i, which then stands behind them. */
static void
card_line(JsonBuilder *builder, const RpView *view, guint *i)
{
    const RpFactRow *first = g_ptr_array_index(view->facts, *i);

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "type", "card");
    rp_json_add_text(builder, "source", first->source);
    rp_json_add_text(builder, "uid", first->uid);
    rp_json_add_text(builder, "key", first->person_key);
    rp_json_add_instant(builder, "since_at",
                        first->since_at > 0 ? first->since_at : RP_NEVER);
    json_builder_set_member_name(builder, "facts");
    json_builder_begin_array(builder);
    for (; *i < view->facts->len; (*i)++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, *i);

        if (strcmp(fact->source, first->source) != 0 ||
            strcmp(fact->uid, first->uid) != 0)
            break;
        json_builder_begin_object(builder);
        rp_json_add_text(builder, "name", fact->name);
        rp_json_add_text(builder, "value", fact->value);
        rp_json_add_text(builder, "type", fact->type);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

/* Who must not come back: by hashes alone. */
static void
forgotten_lines(JsonBuilder *builder, JsonGenerator *generator, const RpView *view,
                GString *text)
{
    for (guint i = 0; view->forgotten != NULL && i < view->forgotten->len; i += 2) {
        json_builder_begin_object(builder);
        rp_json_add_text(builder, "type", "forgotten");
        rp_json_add_text(builder, "salt", g_ptr_array_index(view->forgotten, i));
        rp_json_add_text(builder, "hash", g_ptr_array_index(view->forgotten, i + 1));
        json_builder_end_object(builder);
        rp_json_flush(builder, generator, text);
        g_string_append_c(text, '\n');
    }
}

guint
rp_json_cards(const RpView *view, GString *text)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    guint n = 0;
    guint i = 0;

    while (view->facts != NULL && i < view->facts->len) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);

        if (*fact->source == '\0') {
            i++;
            continue;
        }
        card_line(builder, view, &i);
        rp_json_flush(builder, generator, text);
        g_string_append_c(text, '\n');
        n++;
    }
    forgotten_lines(builder, generator, view, text);
    return n;
}

static int
compare_fields(gconstpointer a, gconstpointer b)
{
    const RpCardFact *one = *(const RpCardFact *const *)a;
    const RpCardFact *other = *(const RpCardFact *const *)b;

    return (one->field > other->field) - (one->field < other->field);
}

/* Did the user part the address of this card from the person? */
static bool
is_parted(const RpView *view, uint32_t person, const RpFactRow *fact)
{
    g_autofree char *key = NULL;

    if (strcmp(fact->name, "address") != 0)
        return false;
    key = rp_address_person_key(fact->value);
    for (guint i = 0; view->decisions != NULL && i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->kind == RP_DECISION_SPLIT &&
            strcmp(decision->person_key, key) == 0 &&
            rp_corpus_find_person(view->corpus, key) != person)
            return true;
    }
    return false;
}

/* Facts first, then what mail alone knows. */
RpCard *
rp_facts_card(const RpView *view, uint32_t person)
{
    RpCard *card = rp_card_new();
    g_autoptr(GArray) addresses = rp_view_person_addresses(view, person);
    const char *name = rp_person_name(view->derivation, person);
    const RpFactRow *fact;
    guint i = 0;

    while ((fact = rp_view_next_fact(view, person, NULL, &i)) != NULL) {
        RpCardField field = rp_card_field(fact->name);

        if (field != RP_N_CARD_FIELDS && !is_parted(view, person, fact))
            rp_card_add(card, field, fact->type, fact->value);
        if (*card->uid == '\0' && *fact->uid != '\0') {
            g_free(card->uid);
            card->uid = g_strdup(fact->uid);
        }
    }
    rp_card_add(card, RP_CARD_NAME, "", name != NULL ? name : "");
    for (guint k = 0; k < addresses->len; k++)
        rp_card_add(card, RP_CARD_ADDRESS, "",
                    g_array_index(view->corpus->addresses, RpAddress,
                                  g_array_index(addresses, uint32_t, k))
                        .text);
    if (*card->uid == '\0') {
        g_free(card->uid);
        card->uid = g_strdup_printf(
            "riposte-%" PRIx64,
            (uint64_t)g_array_index(view->corpus->persons, RpPerson, person).id);
    }
    g_ptr_array_sort(card->facts, compare_fields);
    return card;
}
