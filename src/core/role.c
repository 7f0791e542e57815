/* SPDX-License-Identifier: GPL-3.0-or-later */
/* role.c - folder roles by attribute and by the names mail programs give */
#include "core/role.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    const char *name;
    RpRole role;
} RoleWord;

/* Names that mail programs and providers give their own folders, language by
 * language. Ambiguous words are left out: a folder wrongly taken for junk or trash
 * would be passed over in silence. */
static const RoleWord names[] = {
    /* English */
    {"Sent", RP_ROLE_SENT},
    {"Sent Mail", RP_ROLE_SENT},
    {"Sent-Mail", RP_ROLE_SENT},
    {"Sent_Mail", RP_ROLE_SENT},
    {"Sent Items", RP_ROLE_SENT},
    {"Sent Messages", RP_ROLE_SENT},
    {"Drafts", RP_ROLE_DRAFTS},
    {"Draft", RP_ROLE_DRAFTS},
    {"Trash", RP_ROLE_TRASH},
    {"Bin", RP_ROLE_TRASH},
    {"Deleted Items", RP_ROLE_TRASH},
    {"Deleted Messages", RP_ROLE_TRASH},
    {"Deleted", RP_ROLE_TRASH},
    {"Junk", RP_ROLE_JUNK},
    {"Junk E-mail", RP_ROLE_JUNK},
    {"Junk Email", RP_ROLE_JUNK},
    {"Junk Mail", RP_ROLE_JUNK},
    {"Spam", RP_ROLE_JUNK},
    {"Bulk Mail", RP_ROLE_JUNK},
    {"Archive", RP_ROLE_ARCHIVE},
    {"Archives", RP_ROLE_ARCHIVE},
    {"All Mail", RP_ROLE_ALL},
    /* German */
    {"Gesendet", RP_ROLE_SENT},
    {"Gesendete Objekte", RP_ROLE_SENT},
    {"Gesendete Elemente", RP_ROLE_SENT},
    {"Gesendete Nachrichten", RP_ROLE_SENT},
    {"Gesendete", RP_ROLE_SENT},
    {"Entwürfe", RP_ROLE_DRAFTS},
    {"Entwurf", RP_ROLE_DRAFTS},
    {"Papierkorb", RP_ROLE_TRASH},
    {"Gelöscht", RP_ROLE_TRASH},
    {"Gelöschte Objekte", RP_ROLE_TRASH},
    {"Gelöschte Elemente", RP_ROLE_TRASH},
    {"Junk-E-Mail", RP_ROLE_JUNK},
    {"Unerwünscht", RP_ROLE_JUNK},
    {"Spamverdacht", RP_ROLE_JUNK},
    {"Werbung", RP_ROLE_JUNK},
    {"Archiv", RP_ROLE_ARCHIVE},
    /* French */
    {"Envoyés", RP_ROLE_SENT},
    {"Messages envoyés", RP_ROLE_SENT},
    {"Éléments envoyés", RP_ROLE_SENT},
    {"Courrier envoyé", RP_ROLE_SENT},
    {"Brouillons", RP_ROLE_DRAFTS},
    {"Brouillon", RP_ROLE_DRAFTS},
    {"Corbeille", RP_ROLE_TRASH},
    {"Éléments supprimés", RP_ROLE_TRASH},
    {"Messages supprimés", RP_ROLE_TRASH},
    {"Indésirables", RP_ROLE_JUNK},
    {"Courrier indésirable", RP_ROLE_JUNK},
    {"Pourriel", RP_ROLE_JUNK},
    /* Spanish */
    {"Enviados", RP_ROLE_SENT},
    {"Elementos enviados", RP_ROLE_SENT},
    {"Mensajes enviados", RP_ROLE_SENT},
    {"Correo enviado", RP_ROLE_SENT},
    {"Borradores", RP_ROLE_DRAFTS},
    {"Papelera", RP_ROLE_TRASH},
    {"Elementos eliminados", RP_ROLE_TRASH},
    {"Correo no deseado", RP_ROLE_JUNK},
    {"Correo basura", RP_ROLE_JUNK},
    {"Archivo", RP_ROLE_ARCHIVE},
    {"Archivados", RP_ROLE_ARCHIVE},
    /* Italian */
    {"Posta inviata", RP_ROLE_SENT},
    {"Inviata", RP_ROLE_SENT},
    {"Inviati", RP_ROLE_SENT},
    {"Messaggi inviati", RP_ROLE_SENT},
    {"Elementi inviati", RP_ROLE_SENT},
    {"Bozze", RP_ROLE_DRAFTS},
    {"Cestino", RP_ROLE_TRASH},
    {"Posta eliminata", RP_ROLE_TRASH},
    {"Elementi eliminati", RP_ROLE_TRASH},
    {"Posta indesiderata", RP_ROLE_JUNK},
    {"Indesiderata", RP_ROLE_JUNK},
    {"Archivio", RP_ROLE_ARCHIVE},
    /* Dutch */
    {"Verzonden", RP_ROLE_SENT},
    {"Verzonden items", RP_ROLE_SENT},
    {"Verzonden berichten", RP_ROLE_SENT},
    {"Concepten", RP_ROLE_DRAFTS},
    {"Prullenbak", RP_ROLE_TRASH},
    {"Prullenmand", RP_ROLE_TRASH},
    {"Verwijderde items", RP_ROLE_TRASH},
    {"Verwijderd", RP_ROLE_TRASH},
    {"Ongewenst", RP_ROLE_JUNK},
    {"Ongewenste e-mail", RP_ROLE_JUNK},
    {"Archief", RP_ROLE_ARCHIVE},
    /* Portuguese */
    {"Itens enviados", RP_ROLE_SENT},
    {"Mensagens enviadas", RP_ROLE_SENT},
    {"E-mails enviados", RP_ROLE_SENT},
    {"Enviadas", RP_ROLE_SENT},
    {"Rascunhos", RP_ROLE_DRAFTS},
    {"Lixeira", RP_ROLE_TRASH},
    {"Lixo", RP_ROLE_TRASH},
    {"Itens excluídos", RP_ROLE_TRASH},
    {"Itens eliminados", RP_ROLE_TRASH},
    {"Lixo eletrônico", RP_ROLE_JUNK},
    {"Lixo eletrónico", RP_ROLE_JUNK},
    {"Correio não solicitado", RP_ROLE_JUNK},
    {"Arquivo", RP_ROLE_ARCHIVE},
    {"Arquivo morto", RP_ROLE_ARCHIVE},
    /* Polish */
    {"Wysłane", RP_ROLE_SENT},
    {"Elementy wysłane", RP_ROLE_SENT},
    {"Szkice", RP_ROLE_DRAFTS},
    {"Wersje robocze", RP_ROLE_DRAFTS},
    {"Robocze", RP_ROLE_DRAFTS},
    {"Kosz", RP_ROLE_TRASH},
    {"Elementy usunięte", RP_ROLE_TRASH},
    {"Wiadomości-śmieci", RP_ROLE_JUNK},
    {"Niechciane", RP_ROLE_JUNK},
    {"Archiwum", RP_ROLE_ARCHIVE},
    /* Swedish */
    {"Skickat", RP_ROLE_SENT},
    {"Skickade", RP_ROLE_SENT},
    {"Skickade objekt", RP_ROLE_SENT},
    {"Skickade meddelanden", RP_ROLE_SENT},
    {"Utkast", RP_ROLE_DRAFTS},
    {"Papperskorg", RP_ROLE_TRASH},
    {"Papperskorgen", RP_ROLE_TRASH},
    {"Borttaget", RP_ROLE_TRASH},
    {"Skräppost", RP_ROLE_JUNK},
    {"Arkiv", RP_ROLE_ARCHIVE},
    /* Danish */
    {"Sendt", RP_ROLE_SENT},
    {"Sendt post", RP_ROLE_SENT},
    {"Sendte", RP_ROLE_SENT},
    {"Sendt mail", RP_ROLE_SENT},
    {"Sendte elementer", RP_ROLE_SENT},
    {"Kladder", RP_ROLE_DRAFTS},
    {"Papirkurv", RP_ROLE_TRASH},
    {"Slettet post", RP_ROLE_TRASH},
    {"Uønsket", RP_ROLE_JUNK},
    {"Uønsket mail", RP_ROLE_JUNK},
    {"Uønsket post", RP_ROLE_JUNK},
    /* Norwegian */
    {"Sendte meldinger", RP_ROLE_SENT},
    {"Søppel", RP_ROLE_TRASH},
    {"Søppelkurv", RP_ROLE_TRASH},
    {"Papirkurven", RP_ROLE_TRASH},
    {"Slettede elementer", RP_ROLE_TRASH},
    {"Søppelpost", RP_ROLE_JUNK},
    {"Uønsket e-post", RP_ROLE_JUNK},
    {"Arkivert", RP_ROLE_ARCHIVE},
    /* Finnish */
    {"Lähetetyt", RP_ROLE_SENT},
    {"Lähetetyt viestit", RP_ROLE_SENT},
    {"Luonnokset", RP_ROLE_DRAFTS},
    {"Roskakori", RP_ROLE_TRASH},
    {"Poistetut", RP_ROLE_TRASH},
    {"Roskaposti", RP_ROLE_JUNK},
    {"Arkisto", RP_ROLE_ARCHIVE},
    /* Czech */
    {"Odeslané", RP_ROLE_SENT},
    {"Odeslaná pošta", RP_ROLE_SENT},
    {"Odeslané zprávy", RP_ROLE_SENT},
    {"Koncepty", RP_ROLE_DRAFTS},
    {"Rozepsané", RP_ROLE_DRAFTS},
    {"Koš", RP_ROLE_TRASH},
    {"Odstraněná pošta", RP_ROLE_TRASH},
    {"Nevyžádaná pošta", RP_ROLE_JUNK},
    {"Nevyžádané", RP_ROLE_JUNK},
    {"Archív", RP_ROLE_ARCHIVE},
    /* Russian */
    {"Отправленные", RP_ROLE_SENT},
    {"Отправлено", RP_ROLE_SENT},
    {"Черновики", RP_ROLE_DRAFTS},
    {"Корзина", RP_ROLE_TRASH},
    {"Удаленные", RP_ROLE_TRASH},
    {"Удалённые", RP_ROLE_TRASH},
    {"Спам", RP_ROLE_JUNK},
    {"Нежелательная почта", RP_ROLE_JUNK},
    {"Архив", RP_ROLE_ARCHIVE},
    /* Japanese */
    {"送信済み", RP_ROLE_SENT},
    {"送信済みメール", RP_ROLE_SENT},
    {"送信済みアイテム", RP_ROLE_SENT},
    {"送信済みトレイ", RP_ROLE_SENT},
    {"下書き", RP_ROLE_DRAFTS},
    {"ごみ箱", RP_ROLE_TRASH},
    {"ゴミ箱", RP_ROLE_TRASH},
    {"削除済みアイテム", RP_ROLE_TRASH},
    {"迷惑メール", RP_ROLE_JUNK},
    {"アーカイブ", RP_ROLE_ARCHIVE},
    /* Chinese, simplified and traditional */
    {"已发送", RP_ROLE_SENT},
    {"已发送邮件", RP_ROLE_SENT},
    {"已发邮件", RP_ROLE_SENT},
    {"寄件備份", RP_ROLE_SENT},
    {"已傳送", RP_ROLE_SENT},
    {"草稿", RP_ROLE_DRAFTS},
    {"草稿箱", RP_ROLE_DRAFTS},
    {"草稿夹", RP_ROLE_DRAFTS},
    {"垃圾桶", RP_ROLE_TRASH},
    {"废件箱", RP_ROLE_TRASH},
    {"已删除", RP_ROLE_TRASH},
    {"已删除邮件", RP_ROLE_TRASH},
    {"已刪除的郵件", RP_ROLE_TRASH},
    {"垃圾邮件", RP_ROLE_JUNK},
    {"垃圾郵件", RP_ROLE_JUNK},
    {"归档", RP_ROLE_ARCHIVE},
    {"封存", RP_ROLE_ARCHIVE},
};

/* Names that mean this below "[Gmail]" alone. */
static const RoleWord gmail_names[] = {
    {"Alle Nachrichten", RP_ROLE_ALL},
    {"Markiert", RP_ROLE_FLAGGED},
    {"Wichtig", RP_ROLE_FLAGGED},
    {"Starred", RP_ROLE_FLAGGED},
    {"Important", RP_ROLE_FLAGGED},
    {"Tous les messages", RP_ROLE_ALL},
    {"Suivis", RP_ROLE_FLAGGED},
    {"Todos", RP_ROLE_ALL},
    {"Todos los mensajes", RP_ROLE_ALL},
    {"Destacados", RP_ROLE_FLAGGED},
    {"Importantes", RP_ROLE_FLAGGED},
    {"Importante", RP_ROLE_FLAGGED},
    {"Tutti i messaggi", RP_ROLE_ALL},
    {"Speciali", RP_ROLE_FLAGGED},
    {"Importanti", RP_ROLE_FLAGGED},
    {"Alle berichten", RP_ROLE_ALL},
    {"Met ster", RP_ROLE_FLAGGED},
    {"Belangrijk", RP_ROLE_FLAGGED},
    {"Todos os e-mails", RP_ROLE_ALL},
    {"Todo o correio", RP_ROLE_ALL},
    {"Com estrela", RP_ROLE_FLAGGED},
    {"Wszystkie", RP_ROLE_ALL},
    {"Oznaczone gwiazdką", RP_ROLE_FLAGGED},
    {"Ważne", RP_ROLE_FLAGGED},
    {"Alla mail", RP_ROLE_ALL},
    {"Alla e-postmeddelanden", RP_ROLE_ALL},
    {"Stjärnmärkt", RP_ROLE_FLAGGED},
    {"Viktigt", RP_ROLE_FLAGGED},
    {"Alle mails", RP_ROLE_ALL},
    {"Stjernemarkeret", RP_ROLE_FLAGGED},
    {"Vigtigt", RP_ROLE_FLAGGED},
    {"All e-post", RP_ROLE_ALL},
    {"Stjernemerket", RP_ROLE_FLAGGED},
    {"Viktig", RP_ROLE_FLAGGED},
    {"Kaikki viestit", RP_ROLE_ALL},
    {"Tähdellä merkityt", RP_ROLE_FLAGGED},
    {"Tärkeät", RP_ROLE_FLAGGED},
    {"Všechny zprávy", RP_ROLE_ALL},
    {"S hvězdičkou", RP_ROLE_FLAGGED},
    {"Důležité", RP_ROLE_FLAGGED},
    {"Вся почта", RP_ROLE_ALL},
    {"Помеченные", RP_ROLE_FLAGGED},
    {"Важное", RP_ROLE_FLAGGED},
    {"すべてのメール", RP_ROLE_ALL},
    {"スター付き", RP_ROLE_FLAGGED},
    {"重要", RP_ROLE_FLAGGED},
    {"所有邮件", RP_ROLE_ALL},
    {"已加星标", RP_ROLE_FLAGGED},
    {"重要邮件", RP_ROLE_FLAGGED},
    {"全部郵件", RP_ROLE_ALL},
    {"已加星號", RP_ROLE_FLAGGED},
    {"重要郵件", RP_ROLE_FLAGGED},
};

const char *
rp_role_name(RpRole role)
{
    static const char *const words[RP_N_ROLES] = {
        [RP_ROLE_OTHER] = NC_("role", "other"),
        [RP_ROLE_INBOX] = NC_("role", "inbox"),
        [RP_ROLE_SENT] = NC_("role", "sent"),
        [RP_ROLE_ARCHIVE] = NC_("role", "archive"),
        [RP_ROLE_DRAFTS] = NC_("role", "drafts"),
        [RP_ROLE_JUNK] = NC_("role", "junk"),
        [RP_ROLE_TRASH] = NC_("role", "trash"),
        [RP_ROLE_ALL] = NC_("role", "all"),
        [RP_ROLE_FLAGGED] = NC_("role", "flagged"),
    };

    g_return_val_if_fail((unsigned)role < RP_N_ROLES, "other");
    return words[role];
}

RpRole
rp_role_from_attribute(const char *attribute)
{
    static const RoleWord attributes[] = {
        {"Sent", RP_ROLE_SENT},       {"Archive", RP_ROLE_ARCHIVE},
        {"Drafts", RP_ROLE_DRAFTS},   {"Junk", RP_ROLE_JUNK},
        {"Trash", RP_ROLE_TRASH},     {"All", RP_ROLE_ALL},
        {"Flagged", RP_ROLE_FLAGGED}, {"Important", RP_ROLE_FLAGGED},
    };

    if (attribute[0] == '\\')
        attribute++;
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
        if (g_ascii_strcasecmp(attribute, attributes[i].name) == 0)
            return attributes[i].role;
    return RP_ROLE_OTHER;
}

/* Case and the ways to write an accent make no difference. */
static char *
folded(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);

    return g_utf8_casefold(g_strstrip(composed), -1);
}

static void
add_words(GHashTable *roles, const RoleWord *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_hash_table_insert(roles, folded(words[i].name),
                            GINT_TO_POINTER(words[i].role));
}

static RpRole
look_up(const char *part, bool is_gmail)
{
    static GHashTable *roles, *gmail_roles;
    g_autofree char *key = folded(part);
    gpointer found = NULL;

    if (roles == NULL) {
        roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        gmail_roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        add_words(roles, names, G_N_ELEMENTS(names));
        add_words(gmail_roles, gmail_names, G_N_ELEMENTS(gmail_names));
    }
    found = g_hash_table_lookup(roles, key);
    if (found == NULL && is_gmail)
        found = g_hash_table_lookup(gmail_roles, key);
    return (RpRole)GPOINTER_TO_INT(found);
}

static bool
is_below_gmail(const char *name)
{
    return g_ascii_strncasecmp(name, "[Gmail]", 7) == 0 ||
           g_ascii_strncasecmp(name, "[Google Mail]", 13) == 0;
}

RpRole
rp_role_from_name(const char *name, char delimiter)
{
    const char *last = delimiter != 0 ? strrchr(name, delimiter) : NULL;

    if (g_ascii_strcasecmp(name, "INBOX") == 0)
        return RP_ROLE_INBOX;
    return look_up(last != NULL ? last + 1 : name, is_below_gmail(name));
}

bool
rp_role_is_read_by_default(RpRole role)
{
    return role == RP_ROLE_OTHER || role == RP_ROLE_INBOX || role == RP_ROLE_SENT ||
           role == RP_ROLE_ARCHIVE;
}
