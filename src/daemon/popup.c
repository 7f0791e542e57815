/* SPDX-License-Identifier: GPL-3.0-or-later */
/* popup.c - a notice that was sent to the screen, and what it speaks of */
#include "daemon/popup.h"

enum { SEEN_US = G_USEC_PER_SEC };

RpPopup *
rp_popup_new(const char *key)
{
    RpPopup *popup = g_new0(RpPopup, 1);

    popup->key = g_strdup(key);
    popup->ids = g_ptr_array_new_with_free_func(g_free);
    popup->stages = g_ptr_array_new_with_free_func(g_free);
    return popup;
}

void
rp_popup_free(RpPopup *popup)
{
    if (popup == NULL)
        return;
    g_free(popup->key);
    g_ptr_array_unref(popup->ids);
    g_ptr_array_unref(popup->stages);
    g_clear_pointer(&popup->before, g_ptr_array_unref);
    g_free(popup);
}

void
rp_popup_add(RpPopup *popup, const char *id, const char *stage)
{
    g_ptr_array_add(popup->ids, g_strdup(id));
    g_ptr_array_add(popup->stages, g_strdup(stage));
}

bool
rp_popup_has(const RpPopup *popup, const char *id)
{
    return g_ptr_array_find_with_equal_func(popup->ids, id, g_str_equal, NULL);
}

void
rp_popup_set_up(RpPopup *popup)
{
    popup->is_up = true;
    popup->up_us = g_get_monotonic_time();
}

static bool
has_id(GPtrArray *ids, const char *id)
{
    return g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL);
}

void
rp_ids_add(GPtrArray *ids, const char *id)
{
    if (!has_id(ids, id))
        g_ptr_array_add(ids, g_strdup(id));
}

/* A press was on its way when the text changed, or the eye had not seen it change. */
const GPtrArray *
rp_popup_meant(const RpPopup *popup, GPtrArray *again)
{
    bool is_seen = popup->is_up && g_get_monotonic_time() - popup->up_us > SEEN_US;

    if (popup->before == NULL || is_seen)
        return popup->ids;
    for (guint i = 0; i < popup->ids->len; i++)
        if (!has_id(popup->before, g_ptr_array_index(popup->ids, i)))
            rp_ids_add(again, g_ptr_array_index(popup->ids, i));
    return popup->before;
}

bool
rp_popup_is_new(const RpPopup *popup)
{
    for (guint i = 0; i < popup->stages->len; i++)
        if (g_ptr_array_index(popup->stages, i) != NULL)
            return true;
    return false;
}

/* --- several --- */

static void
free_popup(gpointer popup)
{
    rp_popup_free(popup);
}

GPtrArray *
rp_popups_new(void)
{
    return g_ptr_array_new_with_free_func(free_popup);
}

RpPopup *
rp_popups_find(const GPtrArray *popups, const char *key)
{
    for (guint i = 0; i < popups->len; i++) {
        RpPopup *popup = g_ptr_array_index(popups, i);

        if (g_str_equal(popup->key, key))
            return popup;
    }
    return NULL;
}

void
rp_popups_put(GPtrArray *popups, RpPopup *popup)
{
    const RpPopup *before = rp_popups_find(popups, popup->key);

    if (before != NULL)
        popup->before = g_ptr_array_ref(before->ids);
    rp_popups_remove(popups, popup->key);
    g_ptr_array_add(popups, popup);
}

void
rp_popups_remove(GPtrArray *popups, const char *key)
{
    RpPopup *popup = rp_popups_find(popups, key);

    if (popup != NULL)
        g_ptr_array_remove(popups, popup);
}

bool
rp_popups_are_pending(const GPtrArray *popups)
{
    for (guint i = 0; i < popups->len; i++) {
        const RpPopup *popup = g_ptr_array_index(popups, i);

        if (!popup->is_up)
            return true;
    }
    return false;
}
