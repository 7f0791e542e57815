# SPDX-License-Identifier: GPL-3.0-or-later
"""browser.py - a page in headless Chromium: what it says, asks for and looks like

Speaks the DevTools protocol over a pipe. As a program:
browser.py FILE.html [--pictures PREFIX] [--axe axe.min.js]
prints what is wrong with the page (a console message, a request, a page wider than a
phone's screen, text of too little contrast), a line each; --pictures writes it as
PREFIX-light.png, -dark.png, -phone.png and -print.pdf; --axe runs that library too.
"""
import base64
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

# Every text whose contrast with what is behind it is below 4.5, in both schemes.
CONTRAST = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const behind = e => { for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (['STYLE', 'title', 'desc'].includes(e.tagName)) continue;
    const style = getComputedStyle(e);
    const front = parse(e.namespaceURI.endsWith('svg') ? style.fill : style.color);
    const [a, b] = [light(front), light(behind(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) found.push(e.tagName + ' ' + e.textContent.slice(0, 30));
  }
  return found;
})()"""
# What assistive programs need, and what must not be wider than the window.
OUTLINE = """(() => {
  const found = [], all = s => [...document.querySelectorAll(s)];
  if (!document.documentElement.lang) found.push('no lang');
  if (all('h1').length !== 1) found.push('not one h1');
  if (all('main').length !== 1 || all('header').length !== 1) found.push('landmarks');
  let level = 0;
  for (const h of all('h1,h2,h3,h4')) { const n = +h.tagName[1]; if (n > level + 1) found.push('heading ' + h.textContent); level = n; }
  for (const s of all('svg')) if (!s.querySelector('title') || !s.querySelector('desc')) found.push('svg without words');
  for (const t of all('table')) if (!t.caption || !t.querySelector('th[scope=col]')) found.push('table without heads');
  const ids = all('[id]').map(e => e.id);
  if (new Set(ids).size !== ids.length) found.push('ids twice');
  for (const e of all('[aria-labelledby]')) for (const id of e.getAttribute('aria-labelledby').split(' '))
    if (!document.getElementById(id)) found.push('no ' + id);
  if (all('script,iframe,object,embed,form,img,link,a,base').length) found.push('an element that has no place here');
  for (const e of all('*')) for (const a of e.attributes)
    if (/^on|^style$|^(xlink:)?href$|^src/.test(a.name)) found.push(a.name);
  return found;
})()"""
WIDTH = "document.documentElement.scrollWidth - window.innerWidth"


def program():
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """One page; `events` are what it reported."""

    def __init__(self, name):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        into, out = os.pipe(), os.pipe()
        def pipes():  # the browser reads from 3 and writes to 4
            high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (into[0], out[1])]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.child = subprocess.Popen(
            [name, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--remote-debugging-pipe", "--hide-scrollbars", f"--user-data-dir={self.folder.name}"],
            env={n: v for n, v in os.environ.items() if n != "G_DEBUG"},  # its own warnings end it
            preexec_fn=pipes, pass_fds=(3, 4), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(into[0])
        os.close(out[1])
        self.into, self.out = os.fdopen(into[1], "wb"), os.fdopen(out[0], "rb")
        self.buffer, self.number, self.session, self.events = b"", 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def read(self):
        while b"\0" not in self.buffer:
            some = os.read(self.out.fileno(), 1 << 20)
            if not some:
                raise RuntimeError("the browser ended")
            self.buffer += some
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        order = {"id": self.number, "method": method, "params": params}
        if self.session:
            order["sessionId"] = self.session
        self.into.write(json.dumps(order).encode() + b"\0")
        self.into.flush()
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.read())

    def evaluate(self, text, wait=False):
        answer = self.call("Runtime.evaluate", expression=text, returnByValue=True, awaitPromise=wait)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def look(self, width, height, scheme):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 500)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        self.wait_for("Page.loadEventFired")

    def picture(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.child.wait(30)
        self.folder.cleanup()


def said(browser):
    """Console messages and requests but for the page's own."""
    for event in browser.events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent" and params["request"]["url"] != params["documentURL"]:
            yield f"request: {params['request']['url'][:100]}"
        elif method == "Runtime.consoleAPICalled":
            yield f"console: {params['args']}"
        elif method == "Runtime.exceptionThrown":
            yield "console: an exception"
        elif method == "Log.entryAdded":
            yield f"console: {params['entry']['text'][:200]}"


def looks(browser, path, pictures):
    for name, width, height, scheme in (("light", 1100, 900, "light"), ("dark", 1100, 900, "dark"),
                                        ("phone", 390, 844, "light")):
        browser.look(width, height, scheme)
        browser.open(path)
        yield from (f"{name}: {line}" for line in said(browser))
        yield from (f"{name}: contrast: {line}" for line in browser.evaluate(CONTRAST))
        if browser.evaluate(WIDTH) > 0:
            yield f"{name}: wider than the window by {browser.evaluate(WIDTH)}"
        if pictures:
            browser.picture(f"{pictures}-{name}.png")
    yield from (f"outline: {line}" for line in browser.evaluate(OUTLINE))


def axe(browser, path):
    browser.evaluate(pathlib.Path(path).read_text(encoding="utf-8"))
    result = browser.evaluate("axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.length, "
                              "v.nodes[0].html.slice(0, 120)]))", wait=True)
    for violation in result:
        yield f"axe: {violation}"


def check(path, pictures=None, axe_path=None):
    browser = Browser(program())
    try:
        found = list(looks(browser, path, pictures))
        if pictures:
            data = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]
            pathlib.Path(f"{pictures}-print.pdf").write_bytes(base64.b64decode(data))
        if axe_path:
            for scheme in ("light", "dark"):
                browser.look(1100, 900, scheme)
                found += axe(browser, axe_path)
        return found
    finally:
        browser.close()


def main():
    options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
    found = check(sys.argv[1], options.get("--pictures"), options.get("--axe"))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
