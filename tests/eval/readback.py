#!/usr/bin/env python3
"""readback.py DIR: reports of one scan in DIR (report.FORMAT), read by other people's readers.

Every format must tell the same of each file as the JSON Lines do. DIR holds what tests/cli/formats.sh
wrote. Prints what differs; exits 1 then.
"""
# SPDX-License-Identifier: LGPL-2.1-or-later
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

DFXML = "{http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML}"
OURS = "{urn:imcscan:findings:1}"
wrong = []


def same(what, got, wanted):
    if got != wanted:
        wrong.append(f"{what}: {got!r}, not {wanted!r}")


def read_json(path):
    messages = []
    for line in path.read_text(encoding="ascii").splitlines():
        value = json.loads(line)
        if value["type"] == "message":
            messages.append(value)
    return messages


def in_order(name, got, wanted):
    same(f"{name}: number of files", len(got), len(wanted))
    for one, other in zip(got, wanted):
        same(f"{name}: rank {other['rank']}", one, (str(other["rank"]), other.get("sha256", ""), other["level"]))


def check_csv(directory, messages):
    with open(directory / "report.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    in_order("csv", [(r["rank"], r["sha256"], r["level"]) for r in rows], messages)
    for row, message in zip(rows, messages):
        score = float(row["score"]) if row["score"] else None
        same(f"csv: score of rank {row['rank']}", score, message.get("score"))
        same(f"csv: size of rank {row['rank']}", row["size"], str(message["size"]) if "size" in message else "")
    with open(directory / "report.csv-findings", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = [(str(m["rank"]), f["rule"], str(f.get("offset", ""))) for m in messages for f in m.get("findings", [])]
    got = [(r["rank"], r["rule"], r["offset"]) for r in rows if not r["log"] and not r["record"]]
    same("csv-findings", got, wanted)
    return len(rows)


def check_sqlite(directory, messages):
    if not shutil.which("sqlite3"):
        print("sqlite3 is not there: not read by its importer")
        return
    answer = subprocess.run(
        ["sqlite3", "-csv", ":memory:", f".import --csv {directory / 'report.csv'} files", "select rank, sha256, level from files"],
        check=True, capture_output=True, text=True).stdout
    in_order("sqlite", [tuple(row) for row in csv.reader(answer.splitlines())], messages)


def check_jq(directory, messages):
    if not shutil.which("jq"):
        print("jq is not there: JSON Lines not read by it")
        return
    query = 'select(.type == "message") | [.rank, .sha256 // "", .level] | @csv'
    answer = subprocess.run(["jq", "-r", query, directory / "report.jsonl"], check=True, capture_output=True, text=True).stdout
    in_order("jq", [tuple(row) for row in csv.reader(answer.splitlines())], messages)


def check_xml(directory, messages):
    files = tree.parse(directory / "report.dfxml").getroot().findall(DFXML + "fileobject")
    got = []
    for file in files:
        verdict = file.find(OURS + "verdict")
        if verdict is None:
            continue
        digest = file.findtext(DFXML + "hashdigest", "")
        got.append((verdict.get("rank"), digest, verdict.get("level")))
    in_order("dfxml", got, messages)
    suite = tree.parse(directory / "report.junit").getroot().find("testsuite")
    cases = suite.findall("testcase")
    same("junit: test cases", len(cases), len(messages))
    same("junit: tests", suite.get("tests"), str(len(messages)))
    failed = sum(1 for case in cases if case.find("failure") is not None)
    same("junit: failures", failed, sum(1 for m in messages if m["level"] in ("high", "critical")))
    same("junit: stated failures", suite.get("failures"), str(failed))


def check_sarif(directory, messages):
    log = json.loads((directory / "report.sarif").read_text(encoding="ascii"))
    same("sarif: version", log["version"], "2.1.0")
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    shown = [m for m in messages if m["level"] not in ("clean",)]
    wanted = [f["rule"] for m in shown for f in m.get("findings", [])]
    clues = [c["rule"] for m in shown for c in m.get("clues", [])]
    same("sarif: results", sorted(r["ruleId"] for r in run["results"]), sorted(wanted + clues))
    prints = set()
    for result in run["results"]:
        same("sarif: rule index", rules[result["ruleIndex"]], result["ruleId"])
        if not result["message"]["text"] or result["level"] not in ("error", "warning", "note"):
            wrong.append(f"sarif: result without text or level: {result}")
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        if place["uriBaseId"] not in run["originalUriBaseIds"] or not place["uri"].isascii():
            wrong.append(f"sarif: place {place}")
        prints.add((place["uri"], result["partialFingerprints"]["imcscan/v1"]))
    same("sarif: fingerprints within a file differ", len(prints), len(run["results"]))
    ranks = [r["properties"]["fileRank"] for r in run["results"]]
    same("sarif: top suspects first", ranks, sorted(ranks))


def main():
    directory = pathlib.Path(sys.argv[1])
    messages = read_json(directory / "report.jsonl")
    findings = check_csv(directory, messages)
    check_sqlite(directory, messages)
    check_jq(directory, messages)
    check_xml(directory, messages)
    check_sarif(directory, messages)
    for line in wrong[:20]:
        print(line)
    print(f"{len(messages)} files and {findings} findings read back, {len(wrong)} differences")
    return 1 if wrong or not messages else 0


if __name__ == "__main__":
    sys.exit(main())
