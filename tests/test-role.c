/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-role.c - what folders are for, by attribute and by name */
#include "core/role.h"

#include <glib.h>

static void
test_attributes(void)
{
    static const struct {
        const char *attribute;
        RpRole expected;
    } cases[] = {
        {"\\Sent", RP_ROLE_SENT},
        {"sent", RP_ROLE_SENT},
        {"\\Archive", RP_ROLE_ARCHIVE},
        {"\\Drafts", RP_ROLE_DRAFTS},
        {"\\JUNK", RP_ROLE_JUNK},
        {"\\Trash", RP_ROLE_TRASH},
        {"\\All", RP_ROLE_ALL},
        {"\\Flagged", RP_ROLE_FLAGGED},
        {"\\Important", RP_ROLE_FLAGGED},
        {"\\HasNoChildren", RP_ROLE_OTHER},
        {"", RP_ROLE_OTHER},
        {"\\", RP_ROLE_OTHER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].attribute);
        g_assert_cmpint(rp_role_from_attribute(cases[i].attribute), ==,
                        cases[i].expected);
    }
}

static void
test_names(void)
{
    static const struct {
        const char *name;
        char delimiter;
        RpRole expected;
    } cases[] = {
        {"INBOX", '/', RP_ROLE_INBOX},
        {"inbox", 0, RP_ROLE_INBOX},
        {"INBOX.Sent", '.', RP_ROLE_SENT},
        {"INBOX/Sent Items", '/', RP_ROLE_SENT},
        {"Sent Messages", '/', RP_ROLE_SENT},
        {"sent-mail", '/', RP_ROLE_SENT},
        {"Old/INBOX", '/', RP_ROLE_OTHER},
        {"Sent/2019", '/', RP_ROLE_OTHER},
        {"Sent.2019", '/', RP_ROLE_OTHER},
        {"a.Sent", 0, RP_ROLE_OTHER},
        {"Sentinel", '/', RP_ROLE_OTHER},
        {"Drafts", '/', RP_ROLE_DRAFTS},
        {"Deleted Items", '/', RP_ROLE_TRASH},
        {"Junk E-mail", '/', RP_ROLE_JUNK},
        {"Archive", '/', RP_ROLE_ARCHIVE},
        {"[Gmail]/Sent Mail", '/', RP_ROLE_SENT},
        {"[Gmail]/All Mail", '/', RP_ROLE_ALL},
        {"[Google Mail]/Alle Nachrichten", '/', RP_ROLE_ALL},
        {"[Gmail]/Starred", '/', RP_ROLE_FLAGGED},
        {"[Gmail]/Important", '/', RP_ROLE_FLAGGED},
        {"[Gmail]/Papierkorb", '/', RP_ROLE_TRASH},
        {"[Gmail]/Вся почта", '/', RP_ROLE_ALL},
        {"[Gmail]/すべてのメール", '/', RP_ROLE_ALL},
        {"Important", '/', RP_ROLE_OTHER}, /* only Gmail's is virtual */
        {"Wichtig", '/', RP_ROLE_OTHER},
        {"Gesendet", '/', RP_ROLE_SENT},
        {"Gesendete Objekte", '/', RP_ROLE_SENT},
        {"ENTWÜRFE", '/', RP_ROLE_DRAFTS},
        {"Entwu\xcc\x88rfe", '/', RP_ROLE_DRAFTS}, /* decomposed, as macOS writes */
        {"Papierkorb", '/', RP_ROLE_TRASH},
        {"Éléments envoyés", '/', RP_ROLE_SENT},
        {"Brouillons", '/', RP_ROLE_DRAFTS},
        {"Corbeille", '/', RP_ROLE_TRASH},
        {"Courrier indésirable", '/', RP_ROLE_JUNK},
        {"Enviados", '/', RP_ROLE_SENT},
        {"Papelera", '/', RP_ROLE_TRASH},
        {"Posta inviata", '/', RP_ROLE_SENT},
        {"Cestino", '/', RP_ROLE_TRASH},
        {"Verzonden items", '/', RP_ROLE_SENT},
        {"Prullenbak", '/', RP_ROLE_TRASH},
        {"Itens Enviados", '/', RP_ROLE_SENT},
        {"Lixo Eletrônico", '/', RP_ROLE_JUNK},
        {"Wysłane", '/', RP_ROLE_SENT},
        {"Kosz", '/', RP_ROLE_TRASH},
        {"Skickat", '/', RP_ROLE_SENT},
        {"Skräppost", '/', RP_ROLE_JUNK},
        {"Sendt post", '/', RP_ROLE_SENT},
        {"Kladder", '/', RP_ROLE_DRAFTS},
        {"Sendte elementer", '/', RP_ROLE_SENT},
        {"Søppelpost", '/', RP_ROLE_JUNK},
        {"Lähetetyt", '/', RP_ROLE_SENT},
        {"Roskakori", '/', RP_ROLE_TRASH},
        {"Odeslané", '/', RP_ROLE_SENT},
        {"Koš", '/', RP_ROLE_TRASH},
        {"Отправленные", '/', RP_ROLE_SENT},
        {"КОРЗИНА", '/', RP_ROLE_TRASH},
        {"送信済みアイテム", '/', RP_ROLE_SENT},
        {"ゴミ箱", '/', RP_ROLE_TRASH},
        {"已发送邮件", '/', RP_ROLE_SENT},
        {"垃圾邮件", '/', RP_ROLE_JUNK},
        {" Sent ", '/', RP_ROLE_SENT},
        {"", '/', RP_ROLE_OTHER},
        {"/", '/', RP_ROLE_OTHER},
        {"Se\xff"
         "nt",
         '/', RP_ROLE_OTHER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].name);
        g_assert_cmpint(rp_role_from_name(cases[i].name, cases[i].delimiter), ==,
                        cases[i].expected);
    }
}

static void
test_read_by_default(void)
{
    static const bool expected[RP_N_ROLES] = {
        [RP_ROLE_OTHER] = true,   [RP_ROLE_INBOX] = true, [RP_ROLE_SENT] = true,
        [RP_ROLE_ARCHIVE] = true, [RP_ROLE_ALL] = false,
    };

    for (RpRole role = 0; role < RP_N_ROLES; role++) {
        g_test_message("%s", rp_role_name(role));
        g_assert_true(rp_role_is_read_by_default(role) == expected[role]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/role/attributes", test_attributes);
    g_test_add_func("/role/names", test_names);
    g_test_add_func("/role/read-by-default", test_read_by_default);
    return g_test_run();
}
