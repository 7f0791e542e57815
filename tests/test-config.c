/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-config.c - the configuration: what is read, what is refused and where */
#include "config/config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "config/nearest.h"
#include "config/values.h"
#include "core/instant.h"

#define WORK "[account work]\nhost=mail.example.org\nuser=robin\n"

/* Text as a file in a folder of its own, which teardown() removes. */
typedef struct {
    char *folder, *path; /* own */
} Fixture;

static void
setup(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("riposte-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "config", NULL);
}

static void
teardown(Fixture *fixture, gconstpointer data)
{
    g_autofree char *holidays = g_build_filename(fixture->folder, "free.ics", NULL);

    (void)data;
    g_unlink(fixture->path);
    g_unlink(holidays);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->path);
}

static RpConfig *
load(const Fixture *fixture, const char *text, GError **error)
{
    g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
    return rp_config_load(fixture->path, error);
}

static RpConfig *
load_good(const Fixture *fixture, const char *text)
{
    g_autoptr(GError) error = NULL;
    RpConfig *config = load(fixture, text, &error);

    g_assert_no_error(error);
    g_assert_nonnull(config);
    return config;
}

static void
test_defaults(Fixture *fixture, gconstpointer data)
{
    g_autoptr(RpConfig) config = load_good(fixture, "");

    (void)data;
    g_assert_cmpint(config->policy->overdue_s, ==, 48 * RP_HOUR_S);
    g_assert_cmpint(config->policy->lapse_after_s, ==, 30 * RP_DAY_S);
    g_assert_true(config->policy->learn_addresses);
    g_assert_false(config->policy->count_cc);
    g_assert_true(config->notify.enabled);
    g_assert_cmpint(config->notify.per_day, ==, 6);
    g_assert_cmpint(config->notify.quiet_from_minute, ==, 22 * 60);
    g_assert_cmpuint(config->poll_s, ==, 300);
    g_assert_cmpuint(config->accounts->len, ==, 0);
}

static const char EVERYTHING[] =
    "# all of contract.md\n"
    "[me]\naddresses=Robin@Vale.Example;*@my.example\nname=Robin\n"
    "timezone=Europe/Berlin\n"
    "[account work]\ntype=imap\nhost=mail.example.org\nport=1993\nsecurity=starttls\n"
    "user=robin@example.org\nca_file=ca.pem\n"
    "pin=sha256:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
    "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff\n"
    "password_command=pass show mail/work | head -1\n"
    "folders=*;!Spam;!Trash\nsent_folders=Sent\\;2026\n"
    "[account old]\r\ntype=maildir\r\npath=~/Mail\r\n"
    "[policy]\noverdue=36h\nclock=working\n"
    "working_hours=Mon-Fri 09:00-17:00; Sat 10:00-12:00\nholidays=free.ics\n"
    "count_cc=true\nwaiting_max_recipients=3\ngroup_answer_releases=no\n"
    "lapse_after=2w\nexpect_mine=0.25\nexpect_theirs=1\nlearn_addresses=off\n"
    "[notify]\nenabled=false\nquiet=12:00-13:30\nat_warn=yes\nrepeat=0\nper_day=2\n"
    "open_command=thunderbird mid:%m\n"
    "[sync]\npoll=90s\nidle=false\n";

static void
write_holidays(const Fixture *fixture, const char *events)
{
    g_autofree char *path = g_build_filename(fixture->folder, "free.ics", NULL);
    g_autofree char *text = g_strdup_printf(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n", events);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static const char HOLIDAYS[] =
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n"
    "SUMMARY:Christmas\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART:20260501T000000Z\r\nSUMMARY:May day\r\nEND:VEVENT\r\n";

static void
check_account(const Fixture *fixture, const RpAccountConfig *account)
{
    g_autofree char *ca = g_build_filename(fixture->folder, "ca.pem", NULL);

    g_assert_cmpstr(account->name, ==, "work");
    g_assert_cmpint(account->type, ==, RP_SOURCE_IMAP);
    g_assert_cmpint(account->security, ==, RP_SECURITY_STARTTLS);
    g_assert_cmpint(account->port, ==, 1993);
    g_assert_cmpstr(account->ca_file, ==, ca);
    g_assert_cmpstr(account->pin, ==,
                    "sha256:00112233445566778899aabbccddeeff"
                    "00112233445566778899aabbccddeeff");
    g_assert_cmpstr(account->password_command, ==, "pass show mail/work | head -1");
    g_assert_cmpuint(account->folders->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(account->folders, 1), ==, "!Spam");
    g_assert_cmpuint(account->sent_folders->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(account->sent_folders, 0), ==, "Sent;2026");
}

static void
check_policy(const RpPolicy *policy)
{
    g_assert_cmpuint(policy->me->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(policy->me, 0), ==, "robin@vale.example");
    g_assert_cmpstr(g_ptr_array_index(policy->me, 1), ==, "*@my.example");
    g_assert_cmpint(policy->overdue_s, ==, 36 * RP_HOUR_S);
    g_assert_true(policy->working_clock);
    g_assert_cmpint(policy->week[4].end_minute, ==, 17 * 60);
    g_assert_cmpint(policy->week[5].start_minute, ==, 10 * 60);
    g_assert_cmpint(policy->week[6].end_minute, ==, 0);
    g_assert_cmpuint(policy->holidays->len, ==, 3);
    g_assert_true(policy->count_cc);
    g_assert_cmpint(policy->waiting_max_recipients, ==, 3);
    g_assert_false(policy->group_answer_releases);
    g_assert_cmpint(policy->lapse_after_s, ==, 14 * RP_DAY_S);
    g_assert_cmpfloat(policy->expect_mine, ==, 0.25);
    g_assert_false(policy->learn_addresses);
}

static void
test_everything(Fixture *fixture, gconstpointer data)
{
    g_autofree char *mail = g_build_filename(g_get_home_dir(), "Mail", NULL);
    g_autoptr(RpConfig) config = NULL;
    const RpAccountConfig *old;

    (void)data;
    write_holidays(fixture, HOLIDAYS);
    config = load_good(fixture, EVERYTHING);
    g_assert_cmpstr(config->name, ==, "Robin");
    g_assert_cmpstr(config->timezone, ==, "Europe/Berlin");
    g_assert_cmpstr(g_time_zone_get_identifier(config->policy->zone), ==,
                    "Europe/Berlin");
    check_account(fixture, rp_config_find_account(config, "work"));
    check_policy(config->policy);
    old = rp_config_find_account(config, "old");
    g_assert_cmpint(old->type, ==, RP_SOURCE_MAILDIR);
    g_assert_cmpstr(old->path, ==, mail);
    g_assert_cmpuint(old->folders->len, ==, 1);
    g_assert_cmpint(config->notify.quiet_until_minute, ==, 13 * 60 + 30);
    g_assert_cmpstr(config->notify.open_command, ==, "thunderbird mid:%m");
    g_assert_cmpuint(config->poll_s, ==, 90);
    g_assert_null(rp_config_find_account(config, "none"));
}

static void
test_job(Fixture *fixture, gconstpointer data)
{
    g_autoptr(RpConfig) config = load_good(fixture, WORK "folders=INBOX\n");
    g_autoptr(RpJob) job =
        rp_config_job(config, rp_config_find_account(config, "work"));

    (void)data;
    g_assert_cmpstr(job->account, ==, "work");
    g_assert_cmpstr(job->host, ==, "mail.example.org");
    g_assert_cmpstr(job->user, ==, "robin");
    g_assert_cmpuint(job->folders->len, ==, 1);
    g_assert_false(job->watch);
    g_assert_false(job->only_list);
}

/* Each message is "PATH" and then this. */
static const struct {
    const char *what, *text, *expected;
    RpConfigError code;
} REFUSED[] = {
    {"unknown key", "[policy]\noverdu=48h\n",
     ":2: [policy] has no setting \"overdu\" (did you mean overdue?)",
     RP_CONFIG_ERROR_SYNTAX},
    {"unknown key, nothing near", "[sync]\n\nxyzzy=1\n",
     ":3: [sync] has no setting \"xyzzy\"", RP_CONFIG_ERROR_SYNTAX},
    {"key of a language", "[me]\nname=R\nname[de]=R\n",
     ":3: [me] has no setting \"name[de]\"", RP_CONFIG_ERROR_SYNTAX},
    {"key of another section", "[sync]\noverdue=48h\n",
     ":2: [sync] has no setting \"overdue\"; it belongs into [policy]",
     RP_CONFIG_ERROR_SYNTAX},
    {"byte order mark", "\xef\xbb\xbf[me]\n",
     ":1: the file begins with a byte order mark; save it as UTF-8 without one",
     RP_CONFIG_ERROR_SYNTAX},
    {"unknown section", "[polcy]\n",
     ":1: there is no section [polcy] (did you mean [policy]?)",
     RP_CONFIG_ERROR_SYNTAX},
    {"account misspelt", "[acount work]\n",
     ":1: there is no section [acount work] (did you mean [account NAME]?)",
     RP_CONFIG_ERROR_SYNTAX},
    {"account without a name", "[account ]\n",
     ":1: the account has no name; write [account NAME]", RP_CONFIG_ERROR_SYNTAX},
    {"same account, spaced", WORK "[account  work]\nhost=a\nuser=b\n",
     ":4: there is an account \"work\" before this one", RP_CONFIG_ERROR_SYNTAX},
    {"comment of another kind", "# good\n; bad\n",
     ":2: a comment begins with #, not with ;", RP_CONFIG_ERROR_SYNTAX},
    {"no equals sign", "[me]\n\nname Robin\n",
     ":3: \"name Robin\" is no setting; write key=value", RP_CONFIG_ERROR_SYNTAX},
    {"before any section", "name=Robin\n", ":1: name stands before any [section]",
     RP_CONFIG_ERROR_SYNTAX},
    {"section left open", "[me\n", ":1: \"[me\" is no section; write [name]",
     RP_CONFIG_ERROR_SYNTAX},
    {"key twice", "[me]\nname=A\n# x\nname=B\n",
     ":4: name stands here again, after line 2", RP_CONFIG_ERROR_SYNTAX},
    {"section twice", "[me]\n[sync]\n[me]\n",
     ":3: [me] stands here again, after line 1", RP_CONFIG_ERROR_SYNTAX},
    {"not UTF-8", "[me]\nname=\xe4\n", ":2: this line is not UTF-8",
     RP_CONFIG_ERROR_SYNTAX},
    {"backslash", "[me]\nname=a\\qb\n",
     ":2: name=a\\qb has a backslash alone; write \\\\ for one", RP_CONFIG_ERROR_VALUE},
    {"duration", "[policy]\noverdue=48\n",
     ":2: overdue=48 is no duration; write 48h, 2d or 30m", RP_CONFIG_ERROR_VALUE},
    {"no time at all", "[policy]\noverdue=0h\n",
     ":2: overdue=0h is no duration; write 48h, 2d or 30m", RP_CONFIG_ERROR_VALUE},
    {"switch", "[sync]\nidle=maybe\n", ":2: idle=maybe is neither true nor false",
     RP_CONFIG_ERROR_VALUE},
    {"share", "[policy]\nexpect_mine=10%\n",
     ":2: expect_mine=10% is no share; write 0.1 or so", RP_CONFIG_ERROR_VALUE},
    {"port", WORK "port=65536\n", ":4: port=65536 is no port, 1 to 65535",
     RP_CONFIG_ERROR_VALUE},
    {"address", "[me]\naddresses=a@x.org;robin\n",
     ":2: addresses=a@x.org;robin has \"robin\", which is no address",
     RP_CONFIG_ERROR_VALUE},
    {"addresses parted by a comma", "[me]\naddresses=a@x.org,b@x.org\n",
     ":2: addresses=a@x.org,b@x.org has \"a@x.org,b@x.org\"; write a semicolon between"
     " addresses",
     RP_CONFIG_ERROR_VALUE},
    {"endless", "[policy]\nlapse_after=106751991167300d\n",
     ":2: lapse_after=106751991167300d is too long; ten years at the most",
     RP_CONFIG_ERROR_VALUE},
    {"a command, which may hold a password",
     "[account a]\nhost=h\nuser=u\npassword_command=echo ge\\heim\n",
     ":4: password_command= has a backslash alone; write \\\\ for one",
     RP_CONFIG_ERROR_VALUE},
    {"zone", "[me]\ntimezone=Europe/Berln\n",
     ":2: timezone=Europe/Berln is no time zone; write Europe/Berlin, say",
     RP_CONFIG_ERROR_VALUE},
    {"week", "[policy]\nworking_hours=Mon-Fri 9-17\n",
     ":2: working_hours=Mon-Fri 9-17 is no week; write Mon-Fri 09:00-17:00; Sat"
     " 10:00-12:00",
     RP_CONFIG_ERROR_VALUE},
    {"clock without hours", "[policy]\nclock=working\n",
     ":2: clock=working needs working_hours=", RP_CONFIG_ERROR_VALUE},
    {"open command", "[notify]\nopen_command=mail %z\n",
     ":2: open_command=mail %z cannot be used: open_command has %z; there are %m %M %r"
     " %q %a %f %b %u %s and %%",
     RP_CONFIG_ERROR_VALUE},
    {"no host", "[account a]\nuser=b\n",
     ":1: [account a] needs host=", RP_CONFIG_ERROR_VALUE},
    {"no user", "[account a]\nhost=b\n",
     ":1: [account a] needs user=", RP_CONFIG_ERROR_VALUE},
    {"no path", "[account a]\ntype=mbox\n",
     ":1: [account a] needs path=", RP_CONFIG_ERROR_VALUE},
    {"type", "[account a]\ntype=pop3\n",
     ":2: type=pop3 is neither imap, maildir nor mbox", RP_CONFIG_ERROR_VALUE},
    {"password in the clear", WORK "security=none\n",
     ":1: [account work] would send the password in the clear; security=none is for "
     "this"
     " machine itself, write security=tls or starttls",
     RP_CONFIG_ERROR_VALUE},
    {"two secrets", WORK "password_command=a\nlibsecret=true\n",
     ":1: [account work] has several of password_command=, token_command= and"
     " libsecret=; keep one",
     RP_CONFIG_ERROR_VALUE},
    {"pin", WORK "pin=sha256:00\n",
     ":4: pin=sha256:00 is no pin; write sha256: and 64 hexadecimal digits",
     RP_CONFIG_ERROR_VALUE},
};

static void
test_refused(Fixture *fixture, gconstpointer data)
{
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(RpConfig) config = load(fixture, REFUSED[i].text, &error);
        g_autofree char *expected =
            g_strconcat(fixture->path, REFUSED[i].expected, NULL);

        g_test_message("%s", REFUSED[i].what);
        g_assert_null(config);
        g_assert_error(error, RP_CONFIG_ERROR, (int)REFUSED[i].code);
        if (error != NULL)
            g_assert_cmpstr(error->message, ==, expected);
    }
}

static void
test_missing(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpConfig) config = rp_config_load(fixture->path, &error);

    (void)data;
    g_assert_null(config);
    g_assert_error(error, RP_CONFIG_ERROR, RP_CONFIG_ERROR_MISSING);
    g_assert_nonnull(strstr(error->message, "run riposte setup"));
}

static guint32
julian(GDateDay day, GDateMonth month, GDateYear year)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_dmy(&date, day, month, year);
    return g_date_get_julian(&date);
}

static bool
is_free(const RpConfig *config, guint32 day)
{
    const GArray *days = config->policy->holidays;

    for (guint i = 0; i < days->len; i++)
        if (g_array_index(days, guint32, i) == day)
            return true;
    return false;
}

/* RFC 5545 3.8.5: a rule, an exception, one day more; lines may be folded. */
static void
test_recurring_holiday(Fixture *fixture, gconstpointer data)
{
    g_autoptr(RpConfig) config = NULL;

    (void)data;
    write_holidays(fixture, "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20251225\r\n"
                            "DTEND;VALUE=DATE:20251227\r\nRRULE:FREQ=YEAR\r\n LY\r\n"
                            "EXDATE;VALUE=DATE:20271225\r\n"
                            "RDATE;VALUE=DATE:20280301\r\nEND:VEVENT\r\n"
                            "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260501\r\n"
                            "STATUS:CANCELLED\r\nEND:VEVENT\r\n");
    config = load_good(fixture, "[policy]\nholidays=free.ics\n");
    g_assert_true(is_free(config, julian(25, 12, 2025)));
    g_assert_true(is_free(config, julian(26, 12, 2026)));
    g_assert_false(is_free(config, julian(27, 12, 2026)));
    g_assert_false(is_free(config, julian(25, 12, 2027)));
    g_assert_true(is_free(config, julian(1, 3, 2028)));
    if (sizeof(time_t) > 4) /* libical repeats as far as time_t goes */
        g_assert_true(is_free(config, julian(25, 12, 2199)));
    g_assert_false(is_free(config, julian(1, 5, 2026)));
}

/* Several RDATEs, one of them excepted and one no day. */
static void
test_further_holidays(Fixture *fixture, gconstpointer data)
{
    g_autoptr(RpConfig) config = NULL;

    (void)data;
    write_holidays(fixture, "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260101\r\n"
                            "DTEND;VALUE=DATE:20260102\r\n"
                            "EXDATE;VALUE=DATE:20260303\r\n"
                            "RDATE;VALUE=DATE:20260303\r\n"
                            "RDATE;VALUE=DATE:20260253\r\n"
                            "RDATE;VALUE=DATE:20260404\r\n"
                            "RDATE;VALUE=DATE:20260505\r\nEND:VEVENT\r\n");
    config = load_good(fixture, "[policy]\nholidays=free.ics\n");
    g_assert_cmpuint(config->policy->holidays->len, ==, 3);
    g_assert_true(is_free(config, julian(1, 1, 2026)));
    g_assert_true(is_free(config, julian(4, 4, 2026)));
    g_assert_true(is_free(config, julian(5, 5, 2026)));
}

/* Own absences stop the working clock, so there must be one. */
static void
test_away(Fixture *fixture, gconstpointer data)
{
    static const char *const bad[] = {"", "2026-07-14..2026-07-01", "July",
                                      "2026-02-30", "2026-01-01..2028-01-01"};
    g_autoptr(GError) error = NULL;
    g_autoptr(RpConfig) config =
        load_good(fixture, "[policy]\nworking_hours=Mon-Fri 09:00-17:00\n"
                           "away=2026-07-01..2026-07-03; 2026-12-24\n");

    (void)data;
    g_assert_cmpuint(config->policy->holidays->len, ==, 4);
    g_assert_true(is_free(config, julian(1, 7, 2026)));
    g_assert_true(is_free(config, julian(3, 7, 2026)));
    g_assert_true(is_free(config, julian(24, 12, 2026)));
    g_assert_null(load(fixture, "[policy]\naway=2026-07-01\n", &error));
    g_assert_nonnull(strstr(error->message, "needs working_hours="));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *text = g_strdup_printf(
            "[policy]\nworking_hours=Mon 09:00-17:00\naway=%s\n", bad[i]);
        g_autoptr(GError) local = NULL;

        g_assert_null(load(fixture, text, &local));
        g_assert_error(local, RP_CONFIG_ERROR, RP_CONFIG_ERROR_VALUE);
    }
}

/* On this machine itself there is nobody to listen. */
static void
test_loopback_in_the_clear(Fixture *fixture, gconstpointer data)
{
    static const char *const hosts[] = {"localhost", "127.0.0.1", "127.8.8.8", "::1"};

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++) {
        g_autofree char *text =
            g_strdup_printf("[account a]\nhost=%s\nuser=b\nsecurity=none\n", hosts[i]);
        g_autoptr(RpConfig) config = load_good(fixture, text);

        g_assert_cmpuint(config->accounts->len, ==, 1);
    }
}

static void
test_working_hours(void)
{
    static const struct {
        const char *what, *text;
        bool is_good;
        int monday_end, sunday_end;
    } cases[] = {
        {"one span", "Mon-Fri 09:00-17:00", true, 1020, 0},
        {"days by name", "mon,SUN 09:00 - 24:00", true, 1440, 1440},
        {"trailing semicolon", "Sun 10:00-12:00;", true, 0, 720},
        {"a day twice", "Mon-Fri 09:00-17:00; Fri 09:00-12:00", false, 0, 0},
        {"backwards", "Fri-Mon 09:00-17:00", false, 0, 0},
        {"over midnight", "Mon 22:00-06:00", false, 0, 0},
        {"no such time", "Mon 09:60-17:00", false, 0, 0},
        {"past midnight", "Mon 09:00-24:01", false, 0, 0},
        {"no times", "Mon-Fri", false, 0, 0},
        {"nothing", "", false, 0, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpWorkingDay week[7] = {{0, 0}};

        g_test_message("%s", cases[i].what);
        g_assert_true(rp_value_working_hours(cases[i].text, week) == cases[i].is_good);
        g_assert_cmpint(week[0].end_minute, ==, cases[i].monday_end);
        g_assert_cmpint(week[6].end_minute, ==, cases[i].sunday_end);
    }
}

/* Distances by hand: a swap of neighbours counts once. */
static void
test_nearest(void)
{
    static const char *const words[] = {"list", "setup", "snooze", NULL, "status"};

    g_assert_cmpuint(rp_nearest_distance("", "abc"), ==, 3);
    g_assert_cmpuint(rp_nearest_distance("lsit", "list"), ==, 1);
    g_assert_cmpuint(rp_nearest_distance("LIST", "list"), ==, 0);
    g_assert_cmpuint(rp_nearest_distance("statsu", "setup"), ==, 4);
    g_assert_cmpstr(rp_nearest("lsit", words, 5), ==, "list");
    g_assert_cmpstr(rp_nearest("sta", words, 5), ==, "status");
    g_assert_cmpstr(rp_nearest("snoze", words, 5), ==, "snooze");
    g_assert_null(rp_nearest("xyzzy", words, 5));
    g_assert_null(rp_nearest("", words, 5));
}

#define ADD(name, function)                                                            \
    g_test_add("/config/" name, Fixture, NULL, setup, function, teardown)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    ADD("defaults", test_defaults);
    ADD("everything", test_everything);
    ADD("job", test_job);
    ADD("refused", test_refused);
    ADD("missing", test_missing);
    ADD("recurring-holiday", test_recurring_holiday);
    ADD("further-holidays", test_further_holidays);
    ADD("away", test_away);
    ADD("loopback-in-the-clear", test_loopback_in_the_clear);
    g_test_add_func("/config/working-hours", test_working_hours);
    g_test_add_func("/config/nearest", test_nearest);
    return g_test_run();
}
