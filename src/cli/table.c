/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - the commands, in the order of the help */
#include "cli/command.h"

#include <string.h>

extern const RpCommand rp_cmd_setup, rp_cmd_sync, rp_cmd_demo;
extern const RpCommand rp_cmd_list, rp_cmd_show, rp_cmd_explain, rp_cmd_report;
extern const RpCommand rp_cmd_done, rp_cmd_dismiss, rp_cmd_snooze, rp_cmd_undo;
extern const RpCommand rp_cmd_contact, rp_cmd_log, rp_cmd_keep, rp_cmd_favour,
    rp_cmd_people, rp_cmd_path, rp_cmd_forget;
extern const RpCommand rp_cmd_open, rp_cmd_status, rp_cmd_doctor;
extern const RpCommand rp_cmd_export, rp_cmd_import_export;
extern const RpCommand rp_cmd_backup, rp_cmd_restore;
extern const RpCommand rp_cmd_complete;

const RpCommand *const RP_COMMANDS[] = {
    &rp_cmd_setup,         &rp_cmd_sync,     &rp_cmd_list,
    &rp_cmd_show,          &rp_cmd_explain,  &rp_cmd_open,
    &rp_cmd_report,        &rp_cmd_done,     &rp_cmd_dismiss,
    &rp_cmd_snooze,        &rp_cmd_undo,     &rp_cmd_log,
    &rp_cmd_keep,          &rp_cmd_favour,   &rp_cmd_contact,
    &rp_cmd_people,        &rp_cmd_path,     &rp_cmd_forget,
    &rp_cmd_status,        &rp_cmd_doctor,   &rp_cmd_export,
    &rp_cmd_import_export, &rp_cmd_backup,   &rp_cmd_restore,
    &rp_cmd_demo,          &rp_cmd_complete, NULL,
};

const RpCommand *
rp_cli_find_command(const char *name)
{
    for (const RpCommand *const *command = RP_COMMANDS; *command != NULL; command++) {
        if (strcmp((*command)->name, name) == 0)
            return *command;
    }
    return NULL;
}
