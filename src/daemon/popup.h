/* SPDX-License-Identifier: GPL-3.0-or-later */
/* popup.h - a notice that was sent to the screen, and what it speaks of */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The key of the one that stands for many. */
#define RP_SUMMARY_KEY "summary"

typedef struct {
    char *key;         /* own; one at a time is on the screen */
    GPtrArray *ids;    /* own, of char *: the follow-ups in it, the oldest first */
    GPtrArray *stages; /* own, of char *, as many: as the store is to keep them once it
                          is up; NULL of what was shown before */
    GPtrArray *before; /* own, of char *: the follow-ups of that in whose place it came;
                          NULL: it came anew */
    int64_t up_us;     /* when it was known to be up, on the monotonic clock */
    bool is_up;        /* else it was sent, and is not known to be on the screen */
} RpPopup;

RpPopup *rp_popup_new(const char *key);
void rp_popup_free(RpPopup *popup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpPopup, rp_popup_free)
/* stage: as the store is to keep it; NULL: it was shown before. */
void rp_popup_add(RpPopup *popup, const char *id, const char *stage);
bool rp_popup_has(const RpPopup *popup, const char *id);
/* It is on the screen. */
void rp_popup_set_up(RpPopup *popup);
/* Foreign: the follow-ups that somebody means who presses a button now. What has come
 * beside them goes into again, as by rp_ids_add(). */
const GPtrArray *rp_popup_meant(const RpPopup *popup, GPtrArray *again);
/* Of char *, which it owns: each once. */
void rp_ids_add(GPtrArray *ids, const char *id);
/* Is there anything in it that was not shown before? */
bool rp_popup_is_new(const RpPopup *popup);

/* Of RpPopup, which it owns. */
GPtrArray *rp_popups_new(void);
/* Foreign; NULL if there is none. */
RpPopup *rp_popups_find(const GPtrArray *popups, const char *key);
/* Takes it over, in the place of one with its key. */
void rp_popups_put(GPtrArray *popups, RpPopup *popup);
/* Frees the one of that key, if there is one. */
void rp_popups_remove(GPtrArray *popups, const char *key);
/* Is any not known to be up? */
bool rp_popups_are_pending(const GPtrArray *popups);
