/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin.c - SHA-256 pins of certificates and their keys */
#include "fetch/pin.h"

#include <string.h>

enum { SHA256_LEN = 32 };

typedef struct {
    const unsigned char *at;
    size_t n;
} Der;

/* Takes the next element, header included, off der (X.690 8.1). */
static bool
take(Der *der, Der *element, Der *content)
{
    size_t length, header = 2;

    if (der->n < 2)
        return false;
    length = der->at[1];
    if (length >= 0x80) {
        size_t n_bytes = length & 0x7f;

        header += n_bytes;
        if (n_bytes == 0 || n_bytes > 3 || der->n < header)
            return false;
        length = 0;
        for (size_t i = 0; i < n_bytes; i++)
            length = length << 8 | der->at[2 + i];
    }
    if (length > der->n - header)
        return false;
    *element = (Der){der->at, header + length};
    *content = (Der){der->at + header, length};
    *der = (Der){der->at + header + length, der->n - header - length};
    return true;
}

/* RFC 5280 4.1: Certificate { TBSCertificate { [0] version OPTIONAL, serialNumber,
 * signature, issuer, validity, subject, subjectPublicKeyInfo ... */
static bool
find_key(const GByteArray *der, Der *key)
{
    enum { TAG_VERSION = 0xa0, FIELDS_BEFORE_KEY = 5 };
    Der rest = {der->data, der->len}, element, certificate, tbs, content;

    if (!take(&rest, &element, &certificate) || !take(&certificate, &element, &tbs))
        return false;
    if (tbs.n > 0 && tbs.at[0] == TAG_VERSION && !take(&tbs, &element, &content))
        return false;
    for (int i = 0; i < FIELDS_BEFORE_KEY; i++)
        if (!take(&tbs, &element, &content))
            return false;
    return take(&tbs, key, &content);
}

static void
digest(const unsigned char *bytes, size_t n, unsigned char out[SHA256_LEN])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize n_out = SHA256_LEN;

    g_checksum_update(sum, bytes, (gssize)n);
    g_checksum_get_digest(sum, out, &n_out);
}

static bool
parse_hex(const char *text, unsigned char out[SHA256_LEN])
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        int digit = g_ascii_xdigit_value(*text);

        if (*text == ':')
            continue;
        if (digit < 0 || n >= 2 * (size_t)SHA256_LEN)
            return false;
        out[n / 2] = (unsigned char)(n % 2 == 0 ? digit << 4 : out[n / 2] | digit);
        n++;
    }
    return n == 2 * (size_t)SHA256_LEN;
}

static bool
parse(const char *pin, unsigned char out[SHA256_LEN])
{
    static const char prefix[] = "sha256:";
    g_autofree guchar *bytes = NULL;
    gsize n = 0;

    if (g_ascii_strncasecmp(pin, prefix, strlen(prefix)) != 0)
        return false;
    pin += strlen(prefix);
    if (parse_hex(pin, out))
        return true;
    bytes = g_base64_decode(pin, &n);
    if (n != SHA256_LEN)
        return false;
    memcpy(out, bytes, SHA256_LEN);
    return true;
}

bool
rp_pin_is_valid(const char *pin)
{
    unsigned char wanted[SHA256_LEN];

    return parse(pin, wanted);
}

bool
rp_pin_matches(const char *pin, const GByteArray *der)
{
    unsigned char wanted[SHA256_LEN], found[SHA256_LEN];
    Der key;

    if (!parse(pin, wanted))
        return false;
    digest(der->data, der->len, found);
    if (memcmp(wanted, found, SHA256_LEN) == 0)
        return true;
    if (!find_key(der, &key))
        return false;
    digest(key.at, key.n, found);
    return memcmp(wanted, found, SHA256_LEN) == 0;
}

char *
rp_pin_of_key(const GByteArray *der)
{
    Der key;
    g_autofree char *hex = NULL;

    if (!find_key(der, &key))
        return NULL;
    hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, key.at, key.n);
    return g_strconcat("sha256:", hex, NULL);
}
