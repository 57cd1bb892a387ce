"""Runs in LibreOffice's own Python: opens workbooks, does what a person does through the user interface, saves them.

`python3 driver.py JOB.json`. Steps: ["go", sheet, "D7:F9"], ["type", text], ["open", url], ["back"], or [command, [name, value]…];
and what needs a dialogue, which a person would answer: ["unprotect"], ["rename", sheet, name], ["insert rows", sheet, first, count],
["write", sheet, "A7", text], ["copy out", sheet]: the sheet into a new workbook, which is then the one that is saved.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

PASSWORD = sys.argv[2] if len(sys.argv) > 2 else ""


def argument(name, value):
    property_ = PropertyValue()
    property_.Name, property_.Value = name, value
    return property_


def connect(profile):
    pipe = f"pipe,name=hands{time.time_ns()}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            f"--accept={pipe};urp;",
        ]
    )
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    for _ in range(600):  # two minutes: other tests start LibreOffice as well
        try:
            return office, resolver.resolve(f"uno:{pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.2)
    office.kill()
    raise SystemExit("LibreOffice does not answer")


def unprotect(document):
    for name in document.Sheets.ElementNames:
        document.Sheets.getByName(name).unprotect(PASSWORD)


def rename(document, old, new):
    document.Sheets.getByName(old).Name = new


def insert_rows(document, name, first, count):
    document.Sheets.getByName(name).Rows.insertByIndex(first, count)


def write(document, name, cell, text):
    document.Sheets.getByName(name).getCellRangeByName(cell).String = text


class Hands:
    def __init__(self, remote):
        self.desktop = remote.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", remote
        )
        self.dispatcher = remote.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", remote
        )

        self.answered = {
            "unprotect": unprotect,
            "rename": rename,
            "insert rows": insert_rows,
            "write": write,
        }

    def copied_out(self, document, name):
        fresh = self.load("private:factory/scalc")
        fresh.Sheets.importSheet(document, name, 0)
        return fresh

    def load(self, url):
        # Without a window nothing is painted: LibreOffice 7.4 now and then crashes when it paints a sheet that is just being imported.
        return self.desktop.loadComponentFromURL(url, "_blank", 0, (argument("Hidden", True),))

    def run(self, document, command, *arguments):
        frame = document.CurrentController.Frame
        self.dispatcher.executeDispatch(
            frame, f".uno:{command}", "", 0, tuple(argument(*pair) for pair in arguments)
        )

    def do(self, task):
        document = self.load(task["open"])
        others = []
        for what, *rest in task["steps"]:
            current = others[-1] if others else document
            if what == "go":
                current.CurrentController.setActiveSheet(current.Sheets.getByName(rest[0]))
                self.run(current, "GoToCell", ("ToPoint", rest[1]))
            elif what == "type":
                self.run(current, "EnterString", ("StringName", rest[0]))
            elif what == "open":
                others.append(self.load(rest[0]))
            elif what == "back":
                others.append(document)
            elif what == "copy out":
                document, others = self.copied_out(document, *rest), [*others, document]
            elif what in self.answered:
                self.answered[what](current, *rest)
            else:
                self.run(current, what, *rest)
        document.calculate()
        document.storeToURL(task["save"], (argument("FilterName", "Calc MS Excel 2007 XML"),))
        for opened in {id(opened): opened for opened in [*others, document]}.values():
            opened.close(True)


def main(job):
    office, remote = connect(job["profile"])
    hands = Hands(remote)
    for task in job["tasks"]:
        hands.do(task)
    try:
        hands.desktop.terminate()
    except Exception:
        pass  # the bridge closes while it answers
    office.wait(60)


main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
