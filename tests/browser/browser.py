"""browser.py - a headless Chromium by the W3C WebDriver protocol, with Python's own library alone."""
# SPDX-License-Identifier: LGPL-2.1-or-later
import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --disable-dev-shm-usage --disable-default-apps "
         "--hide-scrollbars --proxy-server=127.0.0.1:9").split()
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Space": " "}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """One Chromium with an empty profile of its own; a context manager."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="imcscan-browser.")
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.log = open(os.path.join(self.profile, "driver.log"), "wb")
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=self.log, stderr=self.log,
                                       start_new_session=True)
        self.session = None

    def __enter__(self):
        self.wait_for_driver()
        options = {"binary": shutil.which("chromium"),
                   "args": FLAGS + [f"--user-data-dir={self.profile}/profile"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
                  "timeouts": {"pageLoad": 120000, "script": 60000}}
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{answer['sessionId']}"
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.call("DELETE", self.session)
        finally:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait(20)
            self.log.close()
            shutil.rmtree(self.profile, ignore_errors=True)

    def wait_for_driver(self):
        end = time.monotonic() + 30
        while True:
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                if time.monotonic() > end:
                    raise
            time.sleep(0.1)

    def call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.opener.open(request, timeout=180) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read()[:600]}") from error

    def post(self, path, body=None):
        return self.call("POST", self.session + path, body)

    def open(self, path):
        self.post("/url", {"url": "file://" + os.path.abspath(path)})

    def run(self, script, *args):
        """The value that the script returns; it runs apart from the page's policy."""
        return self.post("/execute/sync", {"script": script, "args": list(args)})

    def cdp(self, command, **params):
        return self.post("/goog/cdp/execute", {"cmd": command, "params": params})

    def width(self, columns, rows=900):
        self.cdp("Emulation.setDeviceMetricsOverride", width=columns, height=rows, deviceScaleFactor=1, mobile=False)

    def find(self, selector):
        return self.post("/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.post(f"/element/{self.find(selector)}/click")

    def type(self, selector, text):
        self.post(f"/element/{self.find(selector)}/value", {"text": text})

    def press(self, *names):
        strokes = []
        for name in names:
            strokes += [{"type": "keyDown", "value": KEYS[name]}, {"type": "keyUp", "value": KEYS[name]}]
        self.post("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def console(self):
        """What the page, or the browser about it, said since the last call."""
        return self.post("/se/log", {"type": "browser"})

    def screenshot(self, path, whole=False):
        shot = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def pdf(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.post("/print", {"background": True, "page": {"width": 21, "height": 29.7}})))
