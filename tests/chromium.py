"""Drives a headless Chromium over its pipe, by the DevTools protocol.

Debian's browser and the standard library suffice: a driver of Playwright is 165 MB for every
developer, made for browsers of its own; Selenium's cannot watch requests or switch scripts off
without the same protocol. https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from typing import Any

PATIENCE = 60
"""Seconds for an answer."""
# The browser reads commands from 3 and writes answers to 4; subprocess cannot number them.
_START = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
_OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # CI is root; only our own pages are shown
    "--disable-dev-shm-usage",  # 64 MB in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
    "--lang=pl",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # nothing else can be reached
)
KEYS = {
    "Tab": {"code": "Tab", "windowsVirtualKeyCode": 9},
    "Enter": {"code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    "Escape": {"code": "Escape", "windowsVirtualKeyCode": 27},
    "ArrowDown": {"code": "ArrowDown", "windowsVirtualKeyCode": 40},
    " ": {"code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
}


def program() -> str | None:
    """The browser, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class BrowserError(Exception):
    """The browser refuses a command, or is gone."""


class Chromium:
    """A browser with a profile of its own, stopped at the end of a `with`."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp(prefix="es-lod-chromium-")
        child_in, self._out = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in os.pipe())
        self._in, child_out = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10) for fd in os.pipe())
        ends = [child_in, child_out]
        command = [sys.executable, "-c", _START, *map(str, ends), program() or "chromium"]
        self._process = subprocess.Popen(
            [*command, *_OPTIONS, f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for end in ends:
            os.close(end)
        self._number = 0
        self._read = b""
        self._answers: dict[int, dict[str, Any]] = {}
        self._pages: dict[str, Page] = {}

    def __enter__(self) -> "Chromium":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(BrowserError, OSError):
            self.send("Browser.close")
        os.close(self._out)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        shutil.rmtree(self._profile, ignore_errors=True)

    def page(self, width: int = 1280, *, scripting: bool = True) -> "Page":
        """A new tab of a window that is 800 px high."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session, target)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setScriptExecutionDisabled", value=not scripting)
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        page.width(width)
        return page

    def send(self, method: str, session: str | None = None, **params: Any) -> int:
        """Send a command; the number of its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        return self._number

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """The answer to a command. Raises `BrowserError`."""
        number = self.send(method, session, **params)
        end = time.monotonic() + PATIENCE
        while number not in self._answers:
            self.listen(end)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def listen(self, end: float) -> None:
        """Take what the browser says next, until `end` of the monotonic clock."""
        ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise BrowserError("no answer in time")
        data = os.read(self._in, 1 << 20)
        if not data:
            raise BrowserError("the browser is gone")
        *messages, self._read = (self._read + data).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self._answers[message["id"]] = message
            elif message.get("sessionId") in self._pages:
                self._pages[message["sessionId"]].happened(message["method"], message["params"])

    def forget(self, session: str) -> None:
        """Take no notice of a tab any more."""
        del self._pages[session]


class Page:
    """A tab: what it asked for, what it complained about, which dialogs it opened."""

    def __init__(self, browser: Chromium, session: str, target: str) -> None:
        self._browser = browser
        self._session = session
        self._target = target
        self._loaded = False
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to a command of the protocol."""
        return self._browser.call(method, self._session, **params)

    def happened(self, event: str, params: dict[str, Any]) -> None:
        """Note an event."""
        match event:
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(params["exceptionDetails"], ensure_ascii=False))
            case "Runtime.consoleAPICalled" if params["type"] in {"error", "warning", "assert"}:
                self.errors.append(json.dumps(params["args"], ensure_ascii=False))
            case "Log.entryAdded" if params["entry"]["level"] in {"error", "warning"}:
                entry = params["entry"]
                self.errors.append(f"{entry['text']} {entry.get('url', '')}")
            case "Page.javascriptDialogOpening":
                self.dialogs.append(params["message"])
                self._browser.send("Page.handleJavaScriptDialog", self._session, accept=False)

    def width(self, width: int, height: int = 800) -> None:
        """Set the width of the window in CSS pixels."""
        size = {"width": width, "height": height}
        self.call("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=False)

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self._loaded = False
        answer = self.call("Page.navigate", url=url)
        if "errorText" in answer:
            raise BrowserError(f"{url}: {answer['errorText']}")
        if "loaderId" in answer:  # else only the fragment is another
            self.loaded()

    def loaded(self) -> None:
        """Wait until what was begun is loaded."""
        end = time.monotonic() + PATIENCE
        while not self._loaded:
            self._browser.listen(end)
        self._loaded = False

    def evaluate(self, script: str) -> Any:
        """The value of an expression, awaited; also where the scripts of pages are off."""
        options = {"returnByValue": True, "awaitPromise": True, "userGesture": True}
        answer = self.call("Runtime.evaluate", expression=script, **options)
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"], ensure_ascii=False))
        return answer["result"].get("value")

    def wait_for(self, script: str) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + PATIENCE / 4
        while not self.evaluate(script):
            if time.monotonic() > end:
                raise BrowserError(f"never came true: {script}")
            time.sleep(0.02)

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        values = {"key": key, **KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **values)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        for letter in text:
            self.call("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    def picture(self, height: int) -> bytes:
        """A PNG of the page from its top, of at most that height."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        height = min(height, size["height"])
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
        options = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        return base64.b64decode(self.call("Page.captureScreenshot", **options)["data"])

    def close(self) -> None:
        """Close the tab."""
        self._browser.call("Target.closeTarget", targetId=self._target)
        self._browser.forget(self._session)

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
