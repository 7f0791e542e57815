#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's side of the soak, on the session's bus.

usage: soak_desktop.py serve SECONDS    a notification daemon whose notices go by themselves
       soak_desktop.py watch FILE       writes down what passes any notification daemon

What is watched goes to FILE, a JSON object a line: {"what": "notify", "serial", "summary",
"body", "replaces"}, {"what": "shown", "serial", "id"}, {"what": "failed", "serial"},
{"what": "closed", "id"}, {"what": "close", "id"} (asked for), {"what": "owner", "name"}.
"""
import json
import random
import sys
import time

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = PATH_NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4


class Notifications(dbus.service.Object):
    """Forgets each notice after a while, as if it had been dismissed."""

    def __init__(self, bus, milliseconds):
        super().__init__(bus, PATH)
        self.milliseconds = milliseconds
        self.last_id = random.randrange(1000)  # another one's ids mean nothing here
        self.up = {}

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, _program, replaces, _icon, _summary, _body, _actions, _hints, _timeout):
        number = int(replaces) if replaces in self.up else self.last_id + 1
        self.last_id = max(self.last_id, number)
        if number in self.up:
            GLib.source_remove(self.up[number])
        self.up[number] = GLib.timeout_add(self.milliseconds, self.end, number, 2)
        return dbus.UInt32(number)

    def end(self, number, reason):
        del self.up[number]
        self.NotificationClosed(number, reason)
        return False

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        if number in self.up:
            GLib.source_remove(self.up[number])
            self.end(int(number), 3)

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body", "body-markup"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return ("the soak's", "riposte", "1", "1.2")

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, action):
        pass


def serve(seconds):
    bus = dbus.SessionBus()
    keep = Notifications(bus, int(1000 * seconds))
    name = dbus.service.BusName(NAME, bus, replace_existing=False, do_not_queue=True)
    GLib.MainLoop().run()
    return keep, name


class Watcher:
    def __init__(self, path):
        self.out = open(path, "a", encoding="utf-8", buffering=1)
        self.calls = {}  # (sender, serial) of Notify

    def write(self, **fields):
        self.out.write(json.dumps({"at": time.time(), **fields}) + "\n")

    def see(self, _bus, message):
        kind, args = message.get_type(), message.get_args_list()
        if kind == CALL and message.get_member() == "Notify":
            self.calls[message.get_sender(), message.get_serial()] = True
            self.write(what="notify", serial=f"{message.get_sender()} {message.get_serial()}",
                       replaces=int(args[1]), summary=str(args[3]), body=str(args[4]))
        elif kind == CALL and message.get_member() == "CloseNotification":
            self.write(what="close", id=int(args[0]))
        elif kind in (RETURN, ERROR):
            call = (message.get_destination(), message.get_reply_serial())
            if self.calls.pop(call, False):
                serial = f"{call[0]} {call[1]}"
                if kind == RETURN:
                    self.write(what="shown", serial=serial, id=int(args[0]))
                else:
                    self.write(what="failed", serial=serial)
        elif kind == SIGNAL and message.get_member() == "NotificationClosed":
            self.write(what="closed", id=int(args[0]))
        elif kind == SIGNAL and message.get_member() == "NameOwnerChanged" and args[0] == NAME:
            self.write(what="owner", name=str(args[2]))
        # Nobody who only watches may answer.
        return dbus.lowlevel.HANDLER_RESULT_HANDLED


def watch(path):
    watcher = Watcher(path)
    bus = dbus.bus.BusConnection(dbus.bus.BUS_SESSION)
    bus.call_blocking("org.freedesktop.DBus", "/org/freedesktop/DBus",
                      "org.freedesktop.DBus.Monitoring", "BecomeMonitor", "asu",
                      (["interface='org.freedesktop.Notifications'", "type='method_return'",
                        "type='error'", "member='NameOwnerChanged'"], 0))
    bus.add_message_filter(watcher.see)
    watcher.write(what="ready")
    GLib.MainLoop().run()


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    if sys.argv[1] == "serve":
        serve(float(sys.argv[2]))
    else:
        watch(sys.argv[2])


if __name__ == "__main__":
    main()
