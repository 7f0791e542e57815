/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json-out.c - small JSON documents on standard output */
#include "cli/json-out.h"

#include "report/json.h"

void
rp_cli_print_json(RpCli *cli, JsonBuilder *builder)
{
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autoptr(GString) text = g_string_new(NULL);

    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    rp_cli_write(cli, text->str);
}
