/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nearest.c - edit distance over short words */
#include "config/nearest.h"

#include <stdbool.h>
#include <string.h>

enum { MAX_WORD = 63 };

typedef unsigned Row[MAX_WORD + 1];

static bool
is_same(char a, char b)
{
    return g_ascii_tolower(a) == g_ascii_tolower(b);
}

/* One more row of the table, of the letter a[i - 1]; before and above are the
 * rows of the two letters before it. */
static void
fill_row(Row row, const Row before, const Row above, const char *a, size_t i,
         const char *b)
{
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= MAX_WORD && b[j - 1] != '\0'; j++) {
        unsigned best = above[j - 1] + !is_same(a[i - 1], b[j - 1]);

        best = MIN(best, above[j] + 1);
        best = MIN(best, row[j - 1] + 1);
        if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
            is_same(a[i - 2], b[j - 1]))
            best = MIN(best, before[j - 2] + 1);
        row[j] = best;
    }
}

unsigned
rp_nearest_distance(const char *a, const char *b)
{
    size_t n_a = MIN(strlen(a), MAX_WORD);
    size_t n_b = MIN(strlen(b), MAX_WORD);
    Row rows[3] = {{0}};

    for (size_t j = 0; j <= n_b; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n_a; i++)
        fill_row(rows[i % 3], rows[(i + 1) % 3], rows[(i + 2) % 3], a, i, b);
    return rows[n_a % 3][n_b];
}

static bool
is_near(const char *text, const char *word, unsigned distance)
{
    size_t n = MAX(strlen(text), strlen(word));

    return distance <= MAX(1, n / 3) && distance < n;
}

const char *
rp_nearest(const char *text, const char *const *words, size_t n)
{
    const char *best = NULL;
    const char *begun = NULL;
    unsigned least = G_MAXUINT;

    for (size_t i = 0; i < n; i++) {
        unsigned distance;

        if (words[i] == NULL)
            continue;
        distance = rp_nearest_distance(text, words[i]);
        if (distance < least && is_near(text, words[i], distance)) {
            best = words[i];
            least = distance;
        }
        if (begun == NULL && strlen(text) >= 3 && g_str_has_prefix(words[i], text))
            begun = words[i];
    }
    return best != NULL ? best : begun;
}
