/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.h - people by how close they are, and who can introduce whom: B2 to B6 */
#pragma once

#include <json-glib/json-glib.h>

#include "core/bond.h"
#include "core/introduction.h"
#include "core/path.h"
#include "view/view.h"

typedef enum {
    RP_PEOPLE_CLOSEST,
    RP_PEOPLE_FADING, /* B3, the closest first */
    RP_PEOPLE_OWED,   /* who waits for me, the most overdue first */
    RP_PEOPLE_PINCH,  /* whom the user tagged "pinch" */
} RpPeopleChoice;

/* Persons (uint32_t), without me and those ignored. The caller's. */
GArray *rp_people_choose(const RpView *view, const RpBond *bonds,
                         RpPeopleChoice choice);

/* What is chosen, for a terminal of so many columns (0: no bound); at most n_shown. */
char *rp_people_text(const RpView *view, const RpBond *bonds, const GArray *persons,
                     RpPeopleChoice choice, uint32_t n_shown, int width);
/* riposte.people/1, with a newline. Both are the caller's. */
char *rp_people_json(const RpView *view, const RpBond *bonds, const GArray *persons);

/* Its members, into an object that is open. */
void rp_json_bond(JsonBuilder *builder, const RpBond *bond);

/* How it stands with one person, in a few lines of the card. */
void rp_people_bond_lines(const RpBond *bond, int64_t as_of_at, GString *text);

/* Who can introduce me, with the reasons; n_shown as above. */
char *rp_paths_text(const RpView *view, const GArray *paths, uint32_t n_shown,
                    int width);
/* riposte.path/1, with a newline. */
char *rp_paths_json(const RpView *view, const GArray *paths);

/* "  introduced by?   Ann, 2026-11-12 09:00: Subject", a suggestion. */
void rp_introduced_by_line(const RpView *view, const RpIntroduction *found,
                           GString *text);

/* The introductions I made as headers show them, and what came of them. */
char *rp_introductions_text(const RpView *view, const GArray *introductions, int width);
/* riposte.introductions/1: to me and by me. */
char *rp_introductions_json(const RpView *view, const GArray *introductions);
