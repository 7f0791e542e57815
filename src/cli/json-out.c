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

void
rp_cli_say(RpCli *cli, const char *person_key, const char *format, ...)
{
    g_autofree char *text = NULL;
    g_autoptr(JsonBuilder) builder = json_builder_new();
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    if (!cli->is_json) {
        rp_cli_print(cli, "%s", text);
        return;
    }
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.change/1");
    rp_json_add_text(builder, "person_key", person_key);
    rp_json_add_text(builder, "message", g_strchomp(text));
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}
