/* SPDX-License-Identifier: GPL-3.0-or-later */
/* joined.c - what put a message into its conversation: R2 */
#include "report/steps.h"

#include <glib/gi18n.h>

/* One message among its conversation's. */
typedef struct {
    const RpDerivation *derivation; /* foreign */
    const RpMessage *message;       /* foreign */
} Place;

static const RpMessage *
message_at(const RpDerivation *derivation, uint32_t index)
{
    return &g_array_index(derivation->messages, RpMessage, index);
}

static const RpCopy *
copy_at(const RpDerivation *derivation, const RpMessage *message, uint32_t i)
{
    uint32_t index =
        g_array_index(derivation->sorted_copies, uint32_t, message->first_copy + i);

    return &g_array_index(derivation->corpus->copies, RpCopy, index);
}

static uint32_t
id_at(const RpDerivation *derivation, RpSlice slice, uint32_t i)
{
    return g_array_index(derivation->corpus->pool, uint32_t, slice.first + i);
}

static bool
has_id(const RpDerivation *derivation, RpSlice slice, uint32_t id)
{
    for (uint32_t i = 0; i < slice.n; i++) {
        if (id_at(derivation, slice, i) == id)
            return true;
    }
    return false;
}

static bool
cites(const RpDerivation *derivation, const RpMessage *message, uint32_t id)
{
    for (uint32_t i = 0; i < message->n_copies; i++) {
        const RpCopy *copy = copy_at(derivation, message, i);

        if (has_id(derivation, copy->in_reply_to, id) ||
            has_id(derivation, copy->references, id))
            return true;
    }
    return false;
}

/* Another message of the conversation that cites id; NULL if none does. */
static const RpMessage *
other_citing(const Place *place, uint32_t id)
{
    const RpDerivation *derivation = place->derivation;

    for (uint32_t i = 0; i < derivation->messages->len; i++) {
        const RpMessage *other = message_at(derivation, i);

        if (other != place->message &&
            other->conversation == place->message->conversation &&
            cites(derivation, other, id))
            return other;
    }
    return NULL;
}

static bool
is_known_here(const Place *place, uint32_t id)
{
    uint32_t index = g_array_index(place->derivation->message_of_id, uint32_t, id);
    const RpMessage *other =
        index != RP_NONE ? message_at(place->derivation, index) : NULL;

    return other != NULL && other != place->message &&
           other->conversation == place->message->conversation;
}

static const char *
id_text(const Place *place, uint32_t id)
{
    return g_ptr_array_index(place->derivation->corpus->ids, id);
}

/* By an id of a known message or, if not is_known, by one that others cite too. */
static char *
joined_by_ids(const Place *place, RpSlice ids, const char *field, bool is_known)
{
    for (uint32_t i = 0; i < ids.n; i++) {
        uint32_t id = id_at(place->derivation, ids, i);

        if (is_known && is_known_here(place, id))
            return g_strdup_printf("%s <%s>", field, id_text(place, id));
        if (!is_known && id != place->message->id && other_citing(place, id) != NULL)
            /* TRANSLATORS: a header field and a message's id. */
            return g_strdup_printf(_("%s <%s>, a message not here that others name "
                                     "too"),
                                   field, id_text(place, id));
    }
    return NULL;
}

static char *
joined_by_headers(const Place *place, bool is_known)
{
    for (uint32_t i = 0; i < place->message->n_copies; i++) {
        const RpCopy *copy = copy_at(place->derivation, place->message, i);
        char *joined = joined_by_ids(place, copy->in_reply_to, "In-Reply-To", is_known);

        if (joined == NULL)
            joined = joined_by_ids(place, copy->references, "References", is_known);
        if (joined != NULL)
            return joined;
    }
    return NULL;
}

static bool
is_alone(const Place *place)
{
    for (uint32_t i = 0; i < place->derivation->messages->len; i++) {
        const RpMessage *other = message_at(place->derivation, i);

        if (other != place->message &&
            other->conversation == place->message->conversation)
            return false;
    }
    return true;
}

char *
rp_steps_joined_by(const RpView *view, uint32_t message)
{
    Place place = {view->derivation, message_at(view->derivation, message)};
    char *joined = joined_by_headers(&place, true);
    const RpMessage *other;

    if (joined == NULL)
        joined = joined_by_headers(&place, false);
    if (joined != NULL || is_alone(&place))
        return joined;
    other = other_citing(&place, place.message->id);
    if (other != NULL)
        return g_strdup_printf(_("its own id, which <%s> names"),
                               rp_message_id(view->derivation, other));
    return g_strdup(_("Thread-Index, or subject and correspondents (R2 b)"));
}
