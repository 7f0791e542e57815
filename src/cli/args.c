/* SPDX-License-Identifier: GPL-3.0-or-later */
/* args.c - options and words of a command line */
#include "cli/args.h"

#include <glib/gi18n.h>
#include <string.h>

#include "config/nearest.h"

G_DEFINE_QUARK(rp_cli_error, rp_cli_error)

struct RpArgs {
    GHashTable *values; /* own; option's name (foreign) to GPtrArray of char * */
    GPtrArray *words;   /* own, of char * */
    GPtrArray *none;    /* own, always empty */
};

/* What is being read, and by which tables. */
typedef struct {
    const char *const *words;
    size_t n, i;
    const RpOption *tables[2];
} Reader;

static RpArgs *
args_new(void)
{
    RpArgs *args = g_new0(RpArgs, 1);

    args->values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify)g_ptr_array_unref);
    args->words = g_ptr_array_new_with_free_func(g_free);
    args->none = g_ptr_array_new();
    return args;
}

void
rp_args_free(RpArgs *args)
{
    if (args == NULL)
        return;
    g_hash_table_unref(args->values);
    g_ptr_array_unref(args->words);
    g_ptr_array_unref(args->none);
    g_free(args);
}

/* The option of that name (n bytes), or of that letter if name is NULL. */
static const RpOption *
find_option(const Reader *reader, const char *name, size_t n, char letter)
{
    for (size_t t = 0; t < G_N_ELEMENTS(reader->tables); t++) {
        const RpOption *option = reader->tables[t];

        for (; option != NULL && option->name != NULL; option++) {
            if (name == NULL
                    ? option->letter == letter
                    : strlen(option->name) == n && strncmp(option->name, name, n) == 0)
                return option;
        }
    }
    return NULL;
}

char *
rp_args_guess(const char *near)
{
    return near != NULL ? g_strdup_printf(_(" (did you mean %s?)"), near)
                        : g_strdup("");
}

static void
set_unknown_option(GError **error, const Reader *reader, const char *word)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *name = g_strndup(word, strcspn(word, "="));
    g_autofree char *guess = NULL;

    for (size_t t = 0; t < G_N_ELEMENTS(reader->tables); t++) {
        const RpOption *option = reader->tables[t];

        for (; option != NULL && option->name != NULL; option++)
            g_ptr_array_add(names, g_strdup_printf("--%s", option->name));
    }
    guess =
        rp_args_guess(rp_nearest(name, (const char *const *)names->pdata, names->len));
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("unknown option %s%s"), name,
                guess);
    g_ptr_array_foreach(names, (GFunc)(void (*)(void))g_free, NULL);
}

static void
keep_value(RpArgs *args, const RpOption *option, const char *value)
{
    GPtrArray *values = g_hash_table_lookup(args->values, option->name);

    if (values == NULL) {
        values = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(args->values, (gpointer)(guintptr)option->name, values);
    }
    g_ptr_array_add(values, g_strdup(value));
}

/* Takes the option at reader->i, with its value from behind the "=" (NULL: there
 * is none) or from the next word. */
static bool
take_option(RpArgs *args, Reader *reader, const RpOption *option, const char *given,
            GError **error)
{
    if (option->value == NULL && given != NULL) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("--%s takes no value"),
                    option->name);
        return false;
    }
    if (option->value != NULL && given == NULL) {
        if (reader->i + 1 >= reader->n) {
            g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                        _("--%s needs a value: %s"), option->name, option->value);
            return false;
        }
        given = reader->words[++reader->i];
    }
    keep_value(args, option, given != NULL ? given : "");
    return true;
}

static bool
read_option(RpArgs *args, Reader *reader, GError **error)
{
    const char *word = reader->words[reader->i];
    const RpOption *option = NULL;
    const char *value = NULL;

    if (word[1] == '-') {
        size_t n_name = strcspn(word + 2, "=");

        option = find_option(reader, word + 2, n_name, 0);
        if (word[2 + n_name] == '=')
            value = word + 2 + n_name + 1;
    } else {
        option = find_option(reader, NULL, 0, word[1]);
        if (word[2] != '\0')
            value = word + 2;
    }
    if (option == NULL) {
        set_unknown_option(error, reader, word);
        return false;
    }
    return take_option(args, reader, option, value, error);
}

RpArgs *
rp_args_parse(const char *const *words, size_t n, const RpOption *options,
              const RpOption *more_options, GError **error)
{
    g_autoptr(RpArgs) args = args_new();
    Reader reader = {words, n, 0, {options, more_options}};
    bool is_ended = false;

    for (; reader.i < n; reader.i++) {
        const char *word = words[reader.i];

        if (is_ended || word[0] != '-' || word[1] == '\0')
            g_ptr_array_add(args->words, g_strdup(word));
        else if (strcmp(word, "--") == 0)
            is_ended = true;
        else if (!read_option(args, &reader, error))
            return NULL;
    }
    return g_steal_pointer(&args);
}

bool
rp_args_has(const RpArgs *args, const char *name)
{
    return g_hash_table_contains(args->values, name);
}

const char *
rp_args_get(const RpArgs *args, const char *name)
{
    const GPtrArray *values = rp_args_get_all(args, name);

    return values->len > 0 ? g_ptr_array_index(values, values->len - 1) : NULL;
}

const GPtrArray *
rp_args_get_all(const RpArgs *args, const char *name)
{
    const GPtrArray *values = g_hash_table_lookup(args->values, name);

    return values != NULL ? values : args->none;
}

size_t
rp_args_n_words(const RpArgs *args)
{
    return args->words->len;
}

const char *
rp_args_word(const RpArgs *args, size_t i)
{
    return i < args->words->len ? g_ptr_array_index(args->words, i) : NULL;
}

/* "text, json or html"; the caller's. */
static char *
join_choices(const char *const *choices, size_t n)
{
    g_autoptr(GString) all = g_string_new(choices[0]);

    for (size_t i = 1; i < n; i++)
        g_string_append_printf(all, "%s%s", i + 1 < n ? ", " : _(" or "), choices[i]);
    return g_strdup(all->str);
}

bool
rp_args_choose(const RpArgs *args, const char *name, const char *const *choices,
               size_t n, size_t otherwise, size_t *chosen, GError **error)
{
    const char *value = rp_args_get(args, name);
    g_autofree char *all = join_choices(choices, n);
    g_autofree char *guess = NULL;

    for (size_t i = 0; i < n; i++) {
        if (value == NULL || strcmp(value, choices[i]) == 0) {
            *chosen = value == NULL ? otherwise : i;
            return true;
        }
    }
    guess = rp_args_guess(rp_nearest(value, choices, n));
    /* TRANSLATORS: an option, what it can be ("text, json or html"), what was given,
     * and " (did you mean text?)" or nothing. */
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, _("--%s is %s, not \"%s\"%s"),
                name, all, value, guess);
    return false;
}
