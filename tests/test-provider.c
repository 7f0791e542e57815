/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-provider.c - where a domain's mail is: the table, and DNS (SRV, MX)
 *
 * The resolver is one of our own, which answers from a table.
 */
#include "cli/provider.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
    const char *name, *host;
    uint16_t port, priority;
} Record;

static const Record SERVICES[] = {
    {"_imaps._tcp.good.example", "imap.good.example", 9993, 0},
    {"_imap._tcp.good.example", "imap.good.example", 143, 0},
    {"_imap._tcp.old.example", "Mail.Old.Example.", 143, 0},
    {"_imaps._tcp.two.example", "spare.two.example", 993, 20},
    {"_imaps._tcp.two.example", "first.two.example", 994, 10},
    {"_imaps._tcp.far.example", "imap.hoster.test", 993, 0},
    {"_imaps._tcp.known.example", "imap.fastmail.com", 993, 0},
    {"_imaps._tcp.evil.example", "notevil.example", 993, 0},
    {"_imaps._tcp.odd.example", "a\\010b.odd.example", 993, 0},
    {"_imaps._tcp.none.example", ".", 0, 0},
    {"_imaps._tcp.root.example", "", 0, 0},
    {"_imaps._tcp.clear.example", ".", 0, 0},
    {"_imap._tcp.clear.example", "imap.clear.example", 143, 0},
};
static const Record EXCHANGERS[] = {
    {"none.example", "aspmx.l.google.com.", 0, 10},
    {"root.example", "aspmx.l.google.com.", 0, 10},
    {"google.example", "ALT1.aspmx.l.GOOGLE.com.", 0, 5},
    {"office.example", "office-example.mail.protection.outlook.com", 0, 0},
    {"filter.example", "mx.filter.test", 0, 5},
    {"filter.example", "in1-smtp.messagingengine.com", 0, 10},
    {"zoho.example", "mx.zoho.eu", 0, 10},
    {"good.example", "aspmx.l.google.com", 0, 10},
    {"fake.example", "notgoogle.com", 0, 10},
};

/* --- a resolver that knows these, and no addresses --- */

typedef GResolver FakeResolver;
typedef GResolverClass FakeResolverClass;
GType fake_resolver_get_type(void);
G_DEFINE_TYPE(FakeResolver, fake_resolver, G_TYPE_RESOLVER)

/* Gives the list, or says that there is none. */
static void
answer(GTask *task, bool is_there, GList *list)
{
    if (!is_there)
        g_task_return_new_error(task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                                "no such record");
    else
        g_task_return_pointer(task, list, NULL);
}

static void
lookup_async(GResolver *resolver, const char *name, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(resolver, cancellable, callback, data);
    GList *targets = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(SERVICES); i++) {
        if (strcmp(SERVICES[i].name, name) == 0)
            targets = g_list_append(targets,
                                    g_srv_target_new(SERVICES[i].host, SERVICES[i].port,
                                                     SERVICES[i].priority, 0));
    }
    /* As GIO's own: of "." alone no target is left, without an error. */
    answer(task, targets != NULL, g_srv_target_list_sort(targets));
}

static void
lookup_records_async(GResolver *resolver, const char *name, GResolverRecordType type,
                     GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
    g_autoptr(GTask) task = g_task_new(resolver, cancellable, callback, data);
    GList *records = NULL;

    g_assert_cmpint(type, ==, G_RESOLVER_RECORD_MX);
    for (size_t i = 0; i < G_N_ELEMENTS(EXCHANGERS); i++) {
        if (strcmp(EXCHANGERS[i].name, name) == 0)
            records = g_list_append(
                records, g_variant_ref_sink(g_variant_new(
                             "(qs)", EXCHANGERS[i].priority, EXCHANGERS[i].host)));
    }
    answer(task, records != NULL, records);
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
    class->lookup_records_async = lookup_records_async;
    class->lookup_records_finish = lookup_finish;
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
    static const struct {
        const char *domain, *host, *note;
        int port;
        RpSecurity security;
        bool takes_local_part;
    } cases[] = {
        {"GMail.com", "imap.gmail.com", "app password", 993, RP_SECURITY_TLS, false},
        {"hotmail.co.uk", "outlook.office365.com", "OAuth2 tokens alone", 993,
         RP_SECURITY_TLS, false},
        {"yahoo.co.uk", "imap.mail.yahoo.com", "app password", 993, RP_SECURITY_TLS,
         false},
        {"me.com", "imap.mail.me.com", "app password", 993, RP_SECURITY_TLS, true},
        {"163.com", "imap.163.com", "code", 993, RP_SECURITY_TLS, false},
        {"posteo.de", "posteo.de", NULL, 993, RP_SECURITY_TLS, false},
        {"pm.me", "127.0.0.1", "Bridge", 1143, RP_SECURITY_STARTTLS, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpServer) server = rp_provider_find(cases[i].domain);

        g_test_message("%s", cases[i].domain);
        g_assert_nonnull(server);
        g_assert_cmpstr(server->host, ==, cases[i].host);
        g_assert_cmpint(server->port, ==, cases[i].port);
        g_assert_cmpint(server->security, ==, cases[i].security);
        g_assert_true(server->takes_local_part == cases[i].takes_local_part);
        g_assert_true(server->is_of_domain);
        if (cases[i].note == NULL)
            g_assert_null(server->note);
        else
            g_assert_nonnull(strstr(server->note, cases[i].note));
    }
    g_assert_null(rp_provider_find("vale.example"));
    g_assert_null(rp_provider_find("imap.gmail.com"));
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
        {"the lowest priority", "two.example", "first.two.example", 994,
         RP_SECURITY_TLS, true},
        {"outside of the domain", "far.example", "imap.hoster.test", 993,
         RP_SECURITY_TLS, false},
        {"outside, but of a known provider", "known.example", "imap.fastmail.com", 993,
         RP_SECURITY_TLS, true},
        {"only its letters are the same", "evil.example", "notevil.example", 993,
         RP_SECURITY_TLS, false},
        {"no name of a host", "odd.example", NULL, 0, RP_SECURITY_TLS, false},
        {"not offered, whatever MX says", "none.example", NULL, 0, RP_SECURITY_TLS,
         false},
        {"not offered, as the C library tells it", "root.example", NULL, 0,
         RP_SECURITY_TLS, false},
        {"TLS not offered, STARTTLS is", "clear.example", "imap.clear.example", 143,
         RP_SECURITY_STARTTLS, true},
        {"hosted, by MX", "google.example", "imap.gmail.com", 993, RP_SECURITY_TLS,
         true},
        {"hosted elsewhere", "office.example", "outlook.office365.com", 993,
         RP_SECURITY_TLS, true},
        {"the second MX is known", "filter.example", "imap.fastmail.com", 993,
         RP_SECURITY_TLS, true},
        {"others' domains have another server", "zoho.example", "imappro.zoho.eu", 993,
         RP_SECURITY_TLS, true},
        {"no known provider, and no usual name", "fake.example", NULL, 0,
         RP_SECURITY_TLS, false},
        {"nothing known", "gone.example", NULL, 0, RP_SECURITY_TLS, false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *lower = g_ascii_strdown(cases[i].domain, -1);
        g_autoptr(RpServer) server = rp_provider_look_up(lower, "");

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
