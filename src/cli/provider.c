/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provider.c - the table of large providers, and of those that host domains */
#include "cli/provider.h"

#include <glib/gi18n.h>
#include <string.h>

enum { IMAPS_PORT = 993 };

static const char APP_PASSWORD[] =
    N_("it takes no account password here: make an app password in its settings");
static const char PASSWORD_OR_TOKEN[] = N_(
    "it takes no account password here: make an app password in its settings (two-step"
    " verification must be on), or give --token-command, with oama or pizauth, say");
static const char TOKEN_ONLY[] =
    N_("it takes OAuth2 tokens alone: --token-command, with oama or pizauth, say");
static const char SWITCH_ON[] = N_(
    "IMAP must be switched on in its settings first; with two-factor login it takes an"
    " app password alone");
static const char OWN_PASSWORD[] =
    N_("it takes a password of its own for mail programs: make one in its settings");
static const char CODE[] =
    N_("IMAP must be switched on in its settings first; it then shows a code, which is"
       " the password here");
static const char BRIDGE[] = N_(
    "its Bridge must run on this machine, which shows the login and the password; its"
    " certificate is its own: take it by --pin");

/* parted by spaces; what is left out is NULL, 993 and TLS */
static const struct {
    const char *domains; /* its own */
    const char *mx;      /* takes in mail for domains of others: hosts in these */
    const char *host;
    const char *note;
    bool takes_local_part;
    uint16_t port;
    RpSecurity security;
} PROVIDERS[] = {
    {.domains = "gmail.com googlemail.com",
     .mx = "google.com googlemail.com",
     .host = "imap.gmail.com",
     .note = PASSWORD_OR_TOKEN},
    {.domains = "outlook.com hotmail.com live.com msn.com "
                "windowslive.com outlook.de outlook.fr outlook.es outlook.it "
                "outlook.at outlook.be outlook.dk outlook.ie outlook.jp "
                "outlook.com.br outlook.com.au hotmail.de hotmail.fr "
                "hotmail.es hotmail.it hotmail.be hotmail.ca hotmail.nl "
                "hotmail.se hotmail.co.uk live.de live.fr live.it live.nl "
                "live.be live.ca live.se live.co.uk live.com.au",
     .mx = "outlook.com mx.microsoft",
     .host = "outlook.office365.com",
     .note = TOKEN_ONLY},
    {.domains = "yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.se "
                "yahoo.ca yahoo.in yahoo.co.uk yahoo.co.in yahoo.co.nz "
                "yahoo.co.id yahoo.com.au yahoo.com.ar yahoo.com.br "
                "yahoo.com.mx yahoo.com.sg ymail.com rocketmail.com "
                "myyahoo.com",
     .mx = "am0.yahoodns.net",
     .host = "imap.mail.yahoo.com",
     .note = APP_PASSWORD},
    {.domains = "yahoo.co.jp", .host = "imap.mail.yahoo.co.jp", .note = SWITCH_ON},
    {.domains = "aol.com aim.com aol.de aol.fr aol.it aol.es aol.co.uk "
                "netscape.net verizon.net",
     .mx = "gm0.yahoodns.net",
     .host = "imap.aol.com",
     .note = APP_PASSWORD},
    {.domains = "icloud.com me.com mac.com",
     .mx = "icloud.com",
     .host = "imap.mail.me.com",
     .note = APP_PASSWORD,
     .takes_local_part = true},
    {.domains = "gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.org gmx.info gmx.biz",
     .host = "imap.gmx.net",
     .note = SWITCH_ON},
    {.domains = "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it gmx.ca",
     .host = "imap.gmx.com",
     .note = SWITCH_ON},
    {.domains = "mail.com email.com usa.com europe.com post.com "
                "consultant.com engineer.com",
     .mx = "mail.com",
     .host = "imap.mail.com",
     .note = SWITCH_ON},
    {.domains = "web.de", .host = "imap.web.de", .note = SWITCH_ON},
    {.domains = "t-online.de magenta.de",
     .host = "secureimap.t-online.de",
     .note = OWN_PASSWORD},
    {.domains = "freenet.de", .host = "mx.freenet.de"},
    {.domains = "vodafonemail.de vodafone.de arcor.de nexgo.de",
     .host = "imap.vodafonemail.de"},
    {.domains = "posteo.de posteo.net posteo.org posteo.eu posteo.at "
                "posteo.ch",
     .mx = "posteo.de",
     .host = "posteo.de"},
    {.domains = "mailbox.org", .mx = "mailbox.org", .host = "imap.mailbox.org"},
    {.domains = "fastmail.com fastmail.fm fastmail.net fastmail.org "
                "fastmail.de fastmail.co.uk sent.com",
     .mx = "messagingengine.com",
     .host = "imap.fastmail.com",
     .note = APP_PASSWORD},
    {.domains = "zoho.com zohomail.com", .host = "imap.zoho.com", .note = SWITCH_ON},
    {.domains = "zoho.eu zohomail.eu", .host = "imap.zoho.eu", .note = SWITCH_ON},
    {.domains = "zoho.in zohomail.in", .host = "imap.zoho.in", .note = SWITCH_ON},
    {.mx = "zoho.com zohomail.com", .host = "imappro.zoho.com", .note = SWITCH_ON},
    {.mx = "zoho.eu zohomail.eu", .host = "imappro.zoho.eu", .note = SWITCH_ON},
    {.mx = "zoho.in zohomail.in", .host = "imappro.zoho.in", .note = SWITCH_ON},
    {.domains = "yandex.com yandex.ru yandex.by yandex.kz yandex.ua ya.ru "
                "narod.ru",
     .mx = "yandex.net yandex.ru",
     .host = "imap.yandex.com",
     .note = APP_PASSWORD},
    {.domains = "mail.ru inbox.ru list.ru bk.ru internet.ru",
     .mx = "mail.ru",
     .host = "imap.mail.ru",
     .note = APP_PASSWORD},
    {.domains = "rambler.ru lenta.ru ro.ru",
     .mx = "rambler.ru",
     .host = "imap.rambler.ru",
     .note = SWITCH_ON},
    {.domains = "qq.com foxmail.com vip.qq.com", .host = "imap.qq.com", .note = CODE},
    {.mx = "qq.com", .host = "imap.exmail.qq.com", .note = CODE},
    {.domains = "163.com", .host = "imap.163.com", .note = CODE},
    {.domains = "126.com", .host = "imap.126.com", .note = CODE},
    {.domains = "yeah.net", .host = "imap.yeah.net", .note = CODE},
    {.mx = "qiye.163.com", .host = "imap.qiye.163.com", .note = CODE},
    {.domains = "naver.com", .host = "imap.naver.com", .note = SWITCH_ON},
    {.domains = "daum.net hanmail.net", .host = "imap.daum.net", .note = SWITCH_ON},
    {.domains = "orange.fr wanadoo.fr", .host = "imap.orange.fr"},
    {.domains = "free.fr", .host = "imap.free.fr", .takes_local_part = true},
    {.domains = "laposte.net", .host = "imap.laposte.net", .takes_local_part = true},
    {.domains = "sfr.fr neuf.fr", .host = "imap.sfr.fr"},
    {.domains = "bluewin.ch bluemail.ch", .host = "imaps.bluewin.ch"},
    {.domains = "a1.net aon.at", .host = "securemail.a1.net"},
    {.domains = "libero.it iol.it blu.it inwind.it giallo.it",
     .host = "imapmail.libero.it"},
    {.domains = "virgilio.it", .host = "in.virgilio.it"},
    {.domains = "seznam.cz email.cz post.cz",
     .mx = "seznam.cz",
     .host = "imap.seznam.cz"},
    {.domains = "wp.pl",
     .host = "imap.wp.pl",
     .note = SWITCH_ON,
     .takes_local_part = true},
    {.domains = "o2.pl",
     .host = "poczta.o2.pl",
     .note = SWITCH_ON,
     .takes_local_part = true},
    {.domains = "onet.pl op.pl poczta.onet.pl", .host = "imap.poczta.onet.pl"},
    {.domains = "ziggo.nl", .host = "imap.ziggo.nl"},
    {.domains = "kpnmail.nl xs4all.nl planet.nl hetnet.nl", .host = "imap.kpnmail.nl"},
    {.domains = "proximus.be skynet.be", .host = "imap.proximus.be"},
    {.domains = "btinternet.com btopenworld.com talk21.com",
     .host = "mail.btinternet.com"},
    {.domains = "virginmedia.com", .host = "imap.virginmedia.com"},
    {.domains = "comcast.net", .host = "imap.comcast.net", .note = SWITCH_ON},
    {.domains = "att.net sbcglobal.net bellsouth.net",
     .host = "imap.mail.att.net",
     .note = APP_PASSWORD},
    {.domains = "uol.com.br", .host = "imap.uol.com.br"},
    {.domains = "proton.me protonmail.com protonmail.ch pm.me",
     .mx = "protonmail.ch",
     .host = "127.0.0.1",
     .note = BRIDGE,
     .port = 1143,
     .security = RP_SECURITY_STARTTLS},
    {.mx = "ionos.de kundenserver.de", .host = "imap.ionos.de"},
    {.mx = "ionos.com 1and1.com", .host = "imap.ionos.com"},
    {.mx = "ionos.co.uk 1and1.co.uk", .host = "imap.ionos.co.uk"},
    {.mx = "ionos.fr 1and1.fr", .host = "imap.ionos.fr"},
    {.mx = "ionos.es 1and1.es", .host = "imap.ionos.es"},
    {.mx = "rzone.de", .host = "imap.strato.de"},
    {.mx = "ovh.net", .host = "ssl0.ovh.net"},
    {.mx = "gandi.net", .host = "mail.gandi.net"},
    {.mx = "infomaniak.ch", .host = "mail.infomaniak.com"},
    {.mx = "migadu.com", .host = "imap.migadu.com"},
    {.mx = "emailsrvr.com", .host = "secure.emailsrvr.com"},
    {.mx = "secureserver.net", .host = "imap.secureserver.net"},
    {.mx = "privateemail.com", .host = "mail.privateemail.com"},
    {.mx = "one.com", .host = "imap.one.com"},
    {.mx = "hostinger.com", .host = "imap.hostinger.com"},
    {.mx = "titan.email", .host = "imap.titan.email"},
    {.mx = "your-server.de", .host = "mail.your-server.de"},
};

void
rp_server_free(RpServer *server)
{
    if (server == NULL)
        return;
    g_free(server->host);
    g_free(server);
}

RpServer *
rp_server_new(const char *host, const char *found_by)
{
    RpServer *server = g_new0(RpServer, 1);

    server->host = g_strdup(host);
    server->port = IMAPS_PORT;
    server->security = RP_SECURITY_TLS;
    server->found_by = found_by;
    return server;
}

bool
rp_provider_is_in(const char *host, const char *domain)
{
    size_t n = strlen(host);
    size_t n_domain = strlen(domain);

    while (n > 0 && host[n - 1] == '.')
        n--;
    return n_domain > 0 && n >= n_domain &&
           g_ascii_strncasecmp(host + n - n_domain, domain, n_domain) == 0 &&
           (n == n_domain || host[n - n_domain - 1] == '.');
}

static RpServer *
make(size_t i, const char *found_by)
{
    RpServer *server = rp_server_new(PROVIDERS[i].host, found_by);

    if (PROVIDERS[i].port != 0)
        server->port = PROVIDERS[i].port;
    server->security = PROVIDERS[i].security;
    server->note = PROVIDERS[i].note;
    server->takes_local_part = PROVIDERS[i].takes_local_part;
    server->is_of_domain = true;
    return server;
}

RpServer *
rp_provider_find(const char *domain)
{
    g_autofree char *lower = g_ascii_strdown(domain, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(PROVIDERS) && *lower != '\0'; i++) {
        g_auto(GStrv) domains = g_strsplit(
            PROVIDERS[i].domains != NULL ? PROVIDERS[i].domains : "", " ", -1);

        if (g_strv_contains((const char *const *)domains, lower))
            return make(i, N_("a provider that riposte knows"));
    }
    return NULL;
}

RpServer *
rp_provider_find_by_mx(const char *host)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PROVIDERS); i++) {
        g_auto(GStrv) suffixes =
            g_strsplit(PROVIDERS[i].mx != NULL ? PROVIDERS[i].mx : "", " ", -1);

        for (char **suffix = suffixes; *suffix != NULL; suffix++) {
            if (rp_provider_is_in(host, *suffix))
                return make(i,
                            N_("of the provider that DNS sends the domain's mail to"));
        }
    }
    return NULL;
}

bool
rp_provider_has_host(const char *host)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PROVIDERS); i++) {
        if (g_ascii_strcasecmp(PROVIDERS[i].host, host) == 0)
            return true;
    }
    return false;
}
