/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-provider.c - where a domain's mail is: the table, and RFC 6186 in DNS
 *
 * The resolver is one of our own, which answers from a table.
 */
#include "cli/provider.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
    const char *name, *host;
    uint16_t port;
} Record;

static const Record RECORDS[] = {
    {"_imaps._tcp.good.example", "imap.good.example", 9993},
    {"_imap._tcp.good.example", "imap.good.example", 143},
    {"_imap._tcp.old.example", "Mail.Old.Example.", 143},
    {"_imaps._tcp.far.example", "imap.hoster.test", 993},
    {"_imaps._tcp.evil.example", "notevil.example", 993},
    {"_imaps._tcp.none.example", ".", 0},
};

/* --- a resolver that knows RECORDS --- */

typedef GResolver FakeResolver;
typedef GResolverClass FakeResolverClass;
GType fake_resolver_get_type(void);
G_DEFINE_TYPE(FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
lookup_async(GResolver *resolver, const char *name, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(resolver, cancellable, callback, data);
    GList *targets = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(RECORDS); i++) {
        if (strcmp(RECORDS[i].name, name) == 0)
            targets = g_list_append(
                targets, g_srv_target_new(RECORDS[i].host, RECORDS[i].port, 0, 0));
    }
    if (targets == NULL)
        g_task_return_new_error(task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                                "no such record");
    else
        g_task_return_pointer(task, targets, NULL);
}

static GList *
lookup_finish(GResolver *resolver, GAsyncResult *result, GError **error)
{
    (void)resolver;
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
fake_resolver_class_init(FakeResolverClass *class)
{
    class->lookup_service_async = lookup_async;
    class->lookup_service_finish = lookup_finish;
}

static void
fake_resolver_init(FakeResolver *resolver)
{
    (void)resolver;
}

/* --- tests --- */

static void
test_table(void)
{
    g_autoptr(RpServer) gmail = rp_provider_find("GMail.com");
    g_autoptr(RpServer) proton = rp_provider_find("pm.me");

    g_assert_nonnull(gmail);
    g_assert_cmpstr(gmail->host, ==, "imap.gmail.com");
    g_assert_cmpint(gmail->port, ==, 993);
    g_assert_true(gmail->is_of_domain);
    g_assert_nonnull(gmail->note);
    g_assert_cmpint(proton->security, ==, RP_SECURITY_STARTTLS);
    g_assert_null(rp_provider_find("mail.com"));
    g_assert_null(rp_provider_find(""));
}

static void
test_dns(void)
{
    static const struct {
        const char *what, *domain, *host;
        int port;
        RpSecurity security;
        bool is_of_domain;
    } cases[] = {
        {"TLS before STARTTLS", "good.example", "imap.good.example", 9993,
         RP_SECURITY_TLS, true},
        {"STARTTLS alone, a dot at the end", "OLD.example", "Mail.Old.Example", 143,
         RP_SECURITY_STARTTLS, true},
        {"outside of the domain", "far.example", "imap.hoster.test", 993,
         RP_SECURITY_TLS, false},
        {"only its letters are the same", "evil.example", "notevil.example", 993,
         RP_SECURITY_TLS, false},
        {"not offered", "none.example", NULL, 0, RP_SECURITY_TLS, false},
        {"nothing known", "gone.example", NULL, 0, RP_SECURITY_TLS, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpServer) server = rp_provider_look_up(cases[i].domain);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(server != NULL ? server->host : NULL, ==, cases[i].host);
        if (server == NULL)
            continue;
        g_assert_cmpint(server->port, ==, cases[i].port);
        g_assert_cmpint(server->security, ==, cases[i].security);
        g_assert_true(server->is_of_domain == cases[i].is_of_domain);
    }
}

int
main(int argc, char **argv)
{
    g_autoptr(GResolver) fake = g_object_new(fake_resolver_get_type(), NULL);

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_resolver_set_default(fake);
    g_test_add_func("/provider/table", test_table);
    g_test_add_func("/provider/dns", test_dns);
    return g_test_run();
}
