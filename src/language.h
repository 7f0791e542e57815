/* SPDX-License-Identifier: GPL-3.0-or-later */
/* language.h - what a program says in the user's language (gettext)
 *
 * Marked for translation is what a person reads: text, tables, HTML, notices, errors.
 * Not marked: JSON and CSV, which other programs read; the journal, which is searched
 * for words; names of rules, commands, options and header fields. */
#ifndef RP_LANGUAGE_H
#define RP_LANGUAGE_H

/* To be called first in main, before a sandbox closes: reads the locale of the
 * environment and its catalogue (src/po; TEXTDOMAINDIR names another folder). Numbers
 * keep their decimal point in every language, so that JSON, CSV and SVG stay what they
 * are. */
void rp_language_start(void);

#endif
