#!/usr/bin/env python3
"""report.py - the HTML report of a hostile tree in headless Chromium: nothing runs, all works, all fits.

IMCSCAN names the program (default build/imcscan). SHOTS=dir keeps screenshots and the PDF.
"""
# SPDX-License-Identifier: LGPL-2.1-or-later
import os
import subprocess
import sys
import tempfile
import time

import hostile_tree
from browser import Browser

IMCSCAN = os.environ.get("IMCSCAN", "build/imcscan")
WIDTHS = (360, 1280, 1920)
# What sticks out to the right of the window, scrolled to or not.
TOO_WIDE = """
return Array.from(document.body.querySelectorAll('*')).filter(function (e) {
  var box = e.getBoundingClientRect();
  return box.width > 0 && box.right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute';
}).slice(0, 3).map(function (e) { return e.outerHTML.slice(0, 120); });"""
failures = 0


def claim(sentence, holds, why=""):
    global failures
    print(f"{'ok' if holds else 'not ok'} - {sentence}")
    if not holds:
        failures += 1
        print(f"    {why}")


def quiet(browser, when):
    """No message on the console, no violated policy, no script of the tree."""
    said = browser.console()
    claim(f"the console stays empty {when}", not said, said[:3])
    owned = browser.run("return [window.owned, document.title]")
    claim(f"no text of the tree has run {when}", owned == [None, "Incident report - imcscan"], owned)


def column(browser, index):
    return browser.run("return Array.from(document.querySelectorAll('#ranked tbody tr'), "
                       f"function (row) {{ return row.children[{index}].textContent; }})")


def shown(browser, rows):
    return browser.run(f"return Array.from(document.querySelectorAll('{rows}')).filter(function (row) {{ "
                       "return getComputedStyle(row).display !== 'none' && row.offsetHeight > 0; }).length")


def check_text(browser):
    count = browser.run("return ['script', 'style', 'iframe', 'img', 'form', 'base', 'object', 'link'].map("
                        "function (name) { return document.getElementsByTagName(name).length; })")
    claim("the page has one script and one style sheet, and nothing that loads", count == [1, 1, 0, 0, 0, 0, 0, 0], count)
    links = browser.run("return Array.from(document.links).filter(function (a) { "
                        "return a.getAttribute('href')[0] !== '#'; }).length")
    claim("every link stays in the page", links == 0, links)
    text = browser.run("return document.body.textContent")
    said = browser.run("return Array.from(document.querySelectorAll('blockquote'), function (e) { return e.textContent; }).join()")
    claim("and so are the words of hostile logs, and their names", "<script>document.title" in said and "Log " in text, said[:99])
    claim("the file that they name and the tree has not is there", "G1X4TK99" in text)
    claim("hostile text is there to be read", "<script>document.title='owned'" in text and "\\xe2\\x80\\xae" in text)
    raw = [c for c in text if (ord(c) < 32 and c not in "\n") or c in "\x7f\u202e\u2066\u2067\u200b\u2028\ufeff\ufffe"]
    claim("and no control or bidi character is", not raw, raw[:5])


def check_sorting(browser):
    claim("rows stand by rank at first", [int(r) for r in column(browser, 0)] == sorted(int(r) for r in column(browser, 0)))
    browser.click("#ranked thead th:nth-child(4) button")
    names = [n.lower() for n in column(browser, 3)]
    claim("a click on File sorts by name", names == sorted(names), names[:3])
    browser.run("document.querySelector('#ranked thead th:nth-child(1) button').focus()")
    browser.press("Enter")
    browser.press("Space")
    ranks = [int(r) for r in column(browser, 0)]
    claim("Enter and Space on Rank sort down", ranks == sorted(ranks, reverse=True), ranks[:5])
    state = browser.run("return Array.from(document.querySelectorAll('#ranked th[aria-sort]'), "
                        "function (th) { return th.textContent + th.getAttribute('aria-sort'); })")
    claim("the sorted column says so", state == ["Rankdescending"], state)
    browser.press("Tab")
    focus = browser.run("return document.activeElement.textContent")
    claim("Tab goes on to the next heading", focus == "Level", focus)
    browser.press("Enter")
    levels = ["clean", "low", "unknown", "medium", "high", "critical"]
    order = [levels.index(level) for level in column(browser, 1)]
    claim("levels sort by weight", order == sorted(order), order)


def check_filter(browser):
    rows, files = "#ranked tbody tr", ".files tbody tr"
    all_rows, all_files = shown(browser, rows), shown(browser, files)
    browser.type("#ranked-text", "SCRIPT")
    time.sleep(0.5)
    some = shown(browser, rows)
    claim("words filter the suspects", 0 < some < all_rows, (some, all_rows))
    said = browser.run("return document.querySelector('[data-for=ranked] output').textContent")
    claim("the count is told", said == f"{some} of {all_rows} shown", said)
    browser.run("var s = document.querySelector('[data-for=files] select'); s.value = 'clean'; "
                "s.dispatchEvent(new Event('change'))")
    time.sleep(0.5)
    some = shown(browser, files)
    clean = browser.run("return Array.from(document.querySelectorAll('.files tbody tr')).filter(function (row) { "
                        "return row.children[1].textContent === 'clean'; }).length")
    claim("a level filters all files", 30 < some == clean < all_files, (some, clean, all_files))
    browser.type("#files-text", "no such file")
    time.sleep(0.5)
    claim("words that are nowhere show none", shown(browser, files) == 0)


def check_width(browser, width, shots):
    browser.width(width)
    wide, inner = browser.run("return [document.documentElement.scrollWidth, innerWidth]")
    claim(f"nothing scrolls sideways at {width} pixels", inner == width and wide <= inner, (wide, inner))
    out = browser.run("document.querySelectorAll('.suspect, .chunk').forEach(function (e) { "
                      "e.style.contentVisibility = 'visible'; });" + TOO_WIDE)
    claim(f"no element sticks out at {width} pixels", not out, out)
    if shots:
        browser.screenshot(f"{shots}/{width}.png")


def check_print(browser, folder):
    path = f"{folder}/report.pdf"
    browser.pdf(path)
    with open(path, "rb") as file:
        head = file.read(5)
    claim("it prints to PDF", head == b"%PDF-" and os.path.getsize(path) > 20000, os.path.getsize(path))
    browser.cdp("Emulation.setEmulatedMedia", media="print")
    claim("on paper no row is hidden by a filter", shown(browser, ".files tbody tr") >= 59, shown(browser, ".files tbody tr"))
    claim("and no control is shown", shown(browser, ".tools") == 0)
    browser.cdp("Emulation.setEmulatedMedia", media="")


def check_contrast(browser):
    """WCAG 2 AA of every text in sight: 4.5 to 1."""
    low = browser.run("""
function part(v) { v /= 255; return v > 0.04045 ? Math.pow((v + 0.055) / 1.055, 2.4) : v / 12.92; }
function light(c) { return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]); }
function parse(c) { return c.match(/[\\d.]+/g).map(Number); }
function ground(e) {
  for (; e; e = e.parentElement) {
    var c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) { return c; }
  }
  return [255, 255, 255];
}
return Array.from(document.body.querySelectorAll('p,td,th,dt,dd,li,span,a,code,h1,h2,h3,h4,caption,b,label,pre,mark')).filter(function (e) {
  var a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
}).slice(0, 3).map(function (e) { return e.outerHTML.slice(0, 120); });""")
    claim("every text has a contrast of 4.5 or more", not low, low)
    levels = browser.run("return Array.from(document.querySelectorAll('h1,h2,h3,h4'), function (h) { return +h.tagName[1]; })")
    claim("no heading skips a level", all(b - a <= 1 for a, b in zip(levels, levels[1:])) and levels[0] == 1)


def check_without_script(browser, report):
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(report)
    text = browser.run("return document.body.textContent")
    claim("without script the answer, a suspect and the last file are there",
          "likely causes" in text and "What to do with the message" in text and "G1X4TK39" in text)
    claim("and no control that would not work", browser.run("return document.querySelectorAll('button').length") == 0
          and shown(browser, ".tools") == 0)
    quiet(browser, "without script")
    browser.cdp("Emulation.setScriptExecutionDisabled", value=False)


def check_recalled(browser, recalled):
    """Of a case, which may be somebody else's."""
    browser.open(recalled)
    quiet(browser, "when the report of a case opens")
    for width in WIDTHS:
        check_width(browser, width, None)
    check_text(browser)


def main():
    shots = os.environ.get("SHOTS")
    with tempfile.TemporaryDirectory(prefix="imcscan-report.") as folder:
        hostile_tree.main(f"{folder}/tree")
        report = f"{folder}/report.html"
        logs = [b"--evidence=" + entry.path for entry in os.scandir(os.fsencode(f"{folder}/tree/evidence"))]
        done = subprocess.run([IMCSCAN, "scan", "-f", "html", "-o", report, f"--case={folder}/case", *logs,
                               f"{folder}/tree/Imcdata"], check=False)
        claim("the hostile tree is scanned and has suspects", done.returncode == 1, done.returncode)
        recalled = f"{folder}/recalled.html"
        done = subprocess.run([IMCSCAN, "report", "-f", "html", "-o", recalled, f"{folder}/case"], check=False)
        claim("its case gives the report, too", done.returncode == 0, done.returncode)
        with Browser() as browser:
            browser.width(1280)
            browser.open(report)
            quiet(browser, "when the report opens")
            check_text(browser)
            check_contrast(browser)
            check_sorting(browser)
            check_filter(browser)
            check_print(browser, shots or folder)
            browser.open(report)
            for width in WIDTHS:
                check_width(browser, width, shots)
            quiet(browser, "after all that")
            check_without_script(browser, report)
            check_recalled(browser, recalled)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
