/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keyring.c - passwords in the desktop's keyring, where there is libsecret */
#include <config.h>
#include <glib/gi18n.h>

#ifdef HAVE_LIBSECRET
#include <libsecret/secret.h>
#endif

#include "config/private.h"

typedef struct {
    RpKeyringCallback callback;
    gpointer data;
} LookUp;

#ifdef HAVE_LIBSECRET

/* Known by its attributes alone, so that secret-tool can store it too. */
static const SecretSchema SCHEMA = {
    .name = "org.riposte.Account",
    .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
    .attributes = {{"user", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"server", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"protocol", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {NULL, 0}},
};

static void
on_lookup_done(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autofree LookUp *look_up = data;
    g_autoptr(GError) error = NULL;
    char *found = secret_password_lookup_finish(result, &error);
    char *text = g_strdup(found);

    (void)source;
    secret_password_free(found);
    look_up->callback(text, error, look_up->data);
}

void
rp_keyring_look_up(const RpAccountConfig *account, GCancellable *cancellable,
                   RpKeyringCallback callback, gpointer data)
{
    LookUp *look_up = g_new0(LookUp, 1);

    look_up->callback = callback;
    look_up->data = data;
    secret_password_lookup(&SCHEMA, cancellable, on_lookup_done, look_up, "user",
                           account->user, "server", account->host, "protocol", "imap",
                           NULL);
}

bool
rp_config_store_secret(const RpAccountConfig *account, const char *password,
                       GError **error)
{
    g_autofree char *label =
        g_strdup_printf(_("riposte: %s at %s"), account->user, account->host);
    g_autoptr(GError) local = NULL;

    if (secret_password_store_sync(&SCHEMA, SECRET_COLLECTION_DEFAULT, label, password,
                                   NULL, &local, "user", account->user, "server",
                                   account->host, "protocol", "imap", NULL))
        return true;
    g_set_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SECRET,
                _("cannot store the password in the keyring: %s"), local->message);
    return false;
}

#else

static const char *const NONE =
    N_("this riposte was built without libsecret; use password_command");

static gboolean
answer_none(gpointer data)
{
    g_autofree LookUp *look_up = data;
    g_autoptr(GError) error =
        g_error_new_literal(RP_CONFIG_ERROR, RP_CONFIG_ERROR_SECRET, _(NONE));

    look_up->callback(NULL, error, look_up->data);
    return G_SOURCE_REMOVE;
}

void
rp_keyring_look_up(const RpAccountConfig *account, GCancellable *cancellable,
                   RpKeyringCallback callback, gpointer data)
{
    LookUp *look_up = g_new0(LookUp, 1);

    (void)account;
    (void)cancellable;
    look_up->callback = callback;
    look_up->data = data;
    g_idle_add(answer_none, look_up);
}

bool
rp_config_store_secret(const RpAccountConfig *account, const char *password,
                       GError **error)
{
    (void)account;
    (void)password;
    g_set_error_literal(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_SECRET, _(NONE));
    return false;
}

#endif
