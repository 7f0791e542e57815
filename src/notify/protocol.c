/* SPDX-License-Identifier: GPL-3.0-or-later */
/* protocol.c - lines between riposted and riposte-notify */
#include "notify/protocol.h"

#include <json-glib/json-glib.h>

static const char *const BUTTONS[] = {
    [RP_BUTTONS_NONE] = "",
    [RP_BUTTONS_FOLLOWUP] = "followup",
    [RP_BUTTONS_UNDO] = "undo",
    [RP_BUTTONS_OPEN] = "open",
};

RpNotice *
rp_notice_new(const char *key, const char *summary, const char *body, RpButtons buttons)
{
    RpNotice *notice = g_new0(RpNotice, 1);

    notice->key = g_strdup(key);
    notice->summary = g_strdup(summary);
    notice->body = g_strdup(body);
    notice->buttons = buttons;
    return notice;
}

void
rp_notice_free(RpNotice *notice)
{
    if (notice == NULL)
        return;
    g_free(notice->key);
    g_free(notice->summary);
    g_free(notice->body);
    g_free(notice);
}

RpNotifyEvent *
rp_notify_event_new(RpNotifyEventType type, const char *key, const char *text,
                    const char *token)
{
    RpNotifyEvent *event = g_new0(RpNotifyEvent, 1);

    event->type = type;
    event->key = g_strdup(key);
    event->text = g_strdup(text);
    event->token = g_strdup(token);
    return event;
}

void
rp_notify_event_free(RpNotifyEvent *event)
{
    if (event == NULL)
        return;
    g_free(event->key);
    g_free(event->text);
    g_free(event->token);
    g_free(event);
}

/* Takes the object over. JSON text of one line: newlines in strings are escaped. */
static char *
make_line(JsonObject *object)
{
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    g_autofree char *text = NULL;

    json_node_take_object(node, object);
    text = json_to_string(node, FALSE);
    return g_strconcat(text, "\n", NULL);
}

char *
rp_protocol_show(const RpNotice *notice)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "show", notice->key);
    json_object_set_string_member(object, "summary", notice->summary);
    json_object_set_string_member(object, "body", notice->body);
    if (notice->buttons != RP_BUTTONS_NONE)
        json_object_set_string_member(object, "buttons", BUTTONS[notice->buttons]);
    return make_line(object);
}

char *
rp_protocol_close(const char *key, const char *place)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "close", key);
    if (place != NULL)
        json_object_set_string_member(object, "place", place);
    return make_line(object);
}

/* NULL if the line is no JSON object. */
static JsonObject *
read_object(const char *line)
{
    g_autoptr(JsonNode) node = json_from_string(line, NULL);

    if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node))
        return NULL;
    return json_node_dup_object(node);
}

/* NULL if there is none of that name, or if it is no string. Foreign. */
static const char *
find_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    if (node == NULL || !JSON_NODE_HOLDS_VALUE(node) ||
        json_node_get_value_type(node) != G_TYPE_STRING)
        return NULL;
    return json_node_get_string(node);
}

static const char *
get_text(JsonObject *object, const char *name)
{
    const char *text = find_text(object, name);

    return text == NULL ? "" : text;
}

static RpButtons
get_buttons(JsonObject *object)
{
    const char *name = get_text(object, "buttons");

    for (size_t i = 0; i < G_N_ELEMENTS(BUTTONS); i++)
        if (g_str_equal(BUTTONS[i], name))
            return (RpButtons)i;
    return RP_BUTTONS_NONE;
}

void
rp_order_clear(RpOrder *order)
{
    g_clear_pointer(&order->show, rp_notice_free);
    g_clear_pointer(&order->close_key, g_free);
    g_clear_pointer(&order->place, g_free);
}

bool
rp_protocol_read_order(const char *line, RpOrder *order)
{
    g_autoptr(JsonObject) object = read_object(line);
    const char *show_key = object == NULL ? NULL : find_text(object, "show");
    const char *closing = object == NULL ? NULL : find_text(object, "close");

    if ((show_key == NULL) == (closing == NULL))
        return false;
    if (show_key != NULL) {
        order->show = rp_notice_new(show_key, get_text(object, "summary"),
                                    get_text(object, "body"), get_buttons(object));
    } else {
        order->close_key = g_strdup(closing);
        order->place = g_strdup(get_text(object, "place"));
    }
    return true;
}

char *
rp_protocol_event(const RpNotifyEvent *event)
{
    JsonObject *object = json_object_new();

    switch (event->type) {
    case RP_NOTIFY_READY:
        json_object_set_string_member(object, "state", "ready");
        json_object_set_string_member(object, "server", event->text);
        break;
    case RP_NOTIFY_ABSENT:
        json_object_set_string_member(object, "state", "absent");
        break;
    case RP_NOTIFY_SHOWN:
        json_object_set_string_member(object, "shown", event->key);
        json_object_set_string_member(object, "place", event->text);
        break;
    case RP_NOTIFY_FAILED:
        json_object_set_string_member(object, "failed", event->key);
        json_object_set_string_member(object, "why", event->text);
        break;
    case RP_NOTIFY_ACTION:
        json_object_set_string_member(object, "action", event->text);
        json_object_set_string_member(object, "key", event->key);
        json_object_set_string_member(object, "token", event->token);
        break;
    case RP_NOTIFY_CLOSED:
        json_object_set_string_member(object, "closed", event->key);
        break;
    }
    return make_line(object);
}

static RpNotifyEvent *
read_state(JsonObject *object, const char *state)
{
    if (g_str_equal(state, "ready"))
        return rp_notify_event_new(RP_NOTIFY_READY, "", get_text(object, "server"), "");
    if (g_str_equal(state, "absent"))
        return rp_notify_event_new(RP_NOTIFY_ABSENT, "", "", "");
    return NULL;
}

RpNotifyEvent *
rp_protocol_read_event(const char *line)
{
    g_autoptr(JsonObject) object = read_object(line);
    const char *text;

    if (object == NULL)
        return NULL;
    if ((text = find_text(object, "state")) != NULL)
        return read_state(object, text);
    if ((text = find_text(object, "shown")) != NULL)
        return rp_notify_event_new(RP_NOTIFY_SHOWN, text, get_text(object, "place"),
                                   "");
    if ((text = find_text(object, "failed")) != NULL)
        return rp_notify_event_new(RP_NOTIFY_FAILED, text, get_text(object, "why"), "");
    if ((text = find_text(object, "action")) != NULL)
        return rp_notify_event_new(RP_NOTIFY_ACTION, get_text(object, "key"), text,
                                   get_text(object, "token"));
    if ((text = find_text(object, "closed")) != NULL)
        return rp_notify_event_new(RP_NOTIFY_CLOSED, text, "", "");
    return NULL;
}
