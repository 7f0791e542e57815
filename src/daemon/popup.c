/* SPDX-License-Identifier: GPL-3.0-or-later */
/* popup.c - a notice that was sent to the screen, and what it speaks of */
#include "daemon/popup.h"

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
