/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - the commands, in the order of the help */
#include "cli/command.h"

extern const RpCommand rp_cmd_sync;
extern const RpCommand rp_cmd_done, rp_cmd_dismiss, rp_cmd_snooze, rp_cmd_undo;
extern const RpCommand rp_cmd_open, rp_cmd_status, rp_cmd_doctor;

const RpCommand *const RP_COMMANDS[] = {
    &rp_cmd_sync,    &rp_cmd_open,   &rp_cmd_done,
    &rp_cmd_dismiss, &rp_cmd_snooze, &rp_cmd_undo,
    &rp_cmd_status,  &rp_cmd_doctor, NULL,
};
