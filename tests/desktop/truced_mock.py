# SPDX-License-Identifier: MIT
"""A dbusmock template that stands in for truced: alerts are put into it with the method Raise of org.truced.Mock."""

import dbus

BUS_NAME = "org.truced.Truced1"
MAIN_OBJ = "/org/truced/Truced1"
MAIN_IFACE = "org.truced.Truced1"
CONTROL = "org.truced.Mock"
SYSTEM_BUS = False


def load(mock, _parameters):
    mock.waiting = []  # records, oldest first
    mock.all = []
    mock.acknowledged = set()
    mock.snoozed = ("", 0)
    mock.accepted = ("", "?")
    mock.asked = 0  # times that somebody wanted to know what waits
    mock.refuse = False  # Shown and Acknowledge, as a bus policy would


def emit(mock, name, signature, argument):
    mock.EmitSignal(MAIN_IFACE, name, signature, [argument])


def check(mock):
    if mock.refuse:
        raise dbus.exceptions.DBusException("not allowed", name="org.freedesktop.DBus.Error.AccessDenied")


@dbus.service.method(CONTROL, in_signature="a{sv}b", out_signature="")
def Raise(self, record, tell):
    """Adds an alert; `tell`: says so, as truced does."""
    if record["id"] not in [known["id"] for known in self.all]:
        self.all.append(record)
    self.waiting.append(record)
    if tell:
        emit(self, "AlertRaised", "a{sv}", record)


@dbus.service.method(CONTROL, in_signature="a{sv}", out_signature="")
def Grow(self, record):
    """Another record under the id of an alert, as of a story that one feed more tells."""
    self.all = [record if known["id"] == record["id"] else known for known in self.all]
    self.waiting = [record if known["id"] == record["id"] else known for known in self.waiting]
    emit(self, "Changed", "s", "alerts")


@dbus.service.method(CONTROL, in_signature="b", out_signature="")
def Refuse(self, refuse):
    self.refuse = refuse


@dbus.service.method(CONTROL, in_signature="", out_signature="as")
def Waiting(self):
    return dbus.Array([record["id"] for record in self.waiting], signature="s")


@dbus.service.method(CONTROL, in_signature="", out_signature="i")
def Asked(self):
    return self.asked


@dbus.service.method(CONTROL, in_signature="", out_signature="as")
def Acknowledged(self):
    return dbus.Array(sorted(self.acknowledged), signature="s")


@dbus.service.method(MAIN_IFACE, in_signature="", out_signature="aa{sv}")
def ListPending(self):
    self.asked += 1
    return dbus.Array(self.waiting, signature="a{sv}")


@dbus.service.method(MAIN_IFACE, in_signature="a{sv}", out_signature="aa{sv}")
def ListAlerts(self, filter):
    assert filter.get("unacknowledged"), filter
    found = [record for record in self.all if record["id"] not in self.acknowledged and record["raised"] >= filter["since"]]
    return dbus.Array(found, signature="a{sv}")


@dbus.service.method(MAIN_IFACE, in_signature="s", out_signature="")
def Shown(self, alert):
    check(self)
    if alert not in [record["id"] for record in self.waiting]:
        raise dbus.exceptions.DBusException("no such alert waits", name="org.truced.Error.NotFound")
    self.waiting = [record for record in self.waiting if record["id"] != alert]
    for record in self.all:
        if record["id"] == alert:
            record.pop("snoozed", None)


@dbus.service.method(MAIN_IFACE, in_signature="s", out_signature="")
def Acknowledge(self, alert):
    check(self)
    self.acknowledged.add(str(alert))
    self.waiting = [record for record in self.waiting if record["id"] != alert]
    emit(self, "Changed", "s", "alerts")


@dbus.service.method(MAIN_IFACE, in_signature="sx", out_signature="")
def Snooze(self, alert, seconds):
    check(self)
    self.snoozed = (str(alert), int(seconds))
    for record in self.all:
        if record["id"] == alert:
            record["snoozed"] = "2099-01-01T00:00:00Z"
    emit(self, "Changed", "s", "alerts")


@dbus.service.method(CONTROL, in_signature="s", out_signature="")
def Supersede(self, alert):
    for record in self.all:
        if record["id"] == alert:
            record["superseded"] = True
    emit(self, "Changed", "s", "alerts")


@dbus.service.method(CONTROL, in_signature="s", out_signature="")
def AnswerUnheard(self, alert):
    """Acknowledged, as of one whose signal came too early to concern the screen."""
    self.acknowledged.add(str(alert))


@dbus.service.method(CONTROL, in_signature="s", out_signature="")
def SupersedeUnheard(self, alert):
    for record in self.all:
        if record["id"] == alert:
            record["superseded"] = True


@dbus.service.method(CONTROL, in_signature="", out_signature="sx")
def Snoozed(self):
    return self.snoozed


@dbus.service.method(MAIN_IFACE, in_signature="ss", out_signature="a{sv}")
def AcceptMove(self, move, because):
    if self.refuse:
        raise dbus.exceptions.DBusException("the move cannot be accepted: it is about a date that is in force no more",
                                            name="org.truced.Error.Invalid")
    self.accepted = (str(move), str(because))
    return dbus.Dictionary({"id": move}, signature="sv")


@dbus.service.method(CONTROL, in_signature="", out_signature="ss")
def Accepted(self):
    return self.accepted
