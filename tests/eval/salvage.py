#!/usr/bin/env python3
"""salvage.py - what `imcscan salvage` makes of every message that should stop the connector, and of healthy mail.

    salvage.py --imcscan=PROGRAM --mkspool=PROGRAM [--mail=DIR] [--limit=N] [--require]

Takes every hit of corpus/rules and a tree of mkspool with all triggers and kinds of damage, salvages all of it, and
reads each new mail with Python's email package (no defect), with mshow and mhdr of mblaze where they are installed,
and by size. Then healthy mail (mkspool's background, or the files of --mail) is damaged in known ways, and of the
attachments that the damage did not touch it is counted how many come back byte for byte. --require fails when a mail
is not made, has a defect or is too large, when a recipient appears that the old mail did not name, or when such an
attachment is missing.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import argparse
import email
import email.policy
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # leave no cache beside the scripts
import lab  # noqa: E402

FACTOR, CONSTANT = 4, 1 << 20  # of include/salvage.h
NAMES = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus", "rules")


def salvage(options, tree, work):
    """Scan the tree, salvage all of it; returns {path: account} and the folder of the mails."""
    case, out = os.path.join(work, "case"), os.path.join(work, "out")
    for command, good in (([options.imcscan, "scan", "--progress=never", "--case=" + case, tree], (0, 1, 3)),
                          ([options.imcscan, "salvage", "--all", "--min-level=clean", "--pickup", "--out=" + out,
                            case], (0, 3))):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode not in good:
            sys.exit("%s: exit status %d: %s" % (" ".join(command), done.returncode,
                                                 done.stderr.decode("utf-8", "replace").strip()))
    accounts = {}
    for name in glob.glob(os.path.join(out, "*.json")):
        with open(name, encoding="ascii") as file:
            account = json.load(file)
        accounts[(account.get("root", ""), account["path"])] = account
    return accounts, out


# ---- how the new mails are read ----

def defects_of(message):
    found = []
    for part in message.walk():
        found += ["part: %s" % type(defect).__name__ for defect in part.defects]
        for name, value in part.items():
            found += ["%s: %s" % (name, type(defect).__name__) for defect in getattr(value, "defects", ())]
        if not part.is_multipart():
            part.get_payload(decode=True)
            found += ["body: %s" % type(defect).__name__ for defect in part.defects]
    return sorted(set(found))


def by_mblaze(path):
    """What mshow and mhdr say against it; "" when nothing, or when they are not here."""
    for command in (["mshow", "-t", path], ["mhdr", path]):
        if not shutil.which(command[0]):
            return ""
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode or done.stderr:
            return "%s: %d %s" % (command[0], done.returncode, done.stderr.decode("utf-8", "replace").strip())
    return ""


def recipients_of(message):
    found = set()
    for name in ("To", "Cc", "Bcc"):
        for value in message.get_all(name, []):
            found |= {address.addr_spec.lower() for address in value.addresses}
    return found


def judge(account, out, raw):
    """What is wrong with a new mail, in words."""
    path = os.path.join(out, account["mail"]["name"])
    with open(path, "rb") as file:
        data = file.read()
    message = email.message_from_bytes(data, policy=email.policy.default)
    wrong = defects_of(message)
    if any(byte > 126 or (byte < 32 and byte not in b"\t\r\n") for byte in data):
        wrong.append("a byte that is no printable ASCII")
    if len(data) > FACTOR * len(raw) + CONSTANT:
        wrong.append("too large: %d of %d" % (len(data), len(raw)))
    if hashlib.sha256(data).hexdigest() != account["mail"]["sha256"]:
        wrong.append("another digest than the account says")
    said = by_mblaze(path)
    if said:
        wrong.append(said)
    known = raw.lower()
    for address in recipients_of(message):
        local = address.rpartition("@")[0].encode()
        if local not in known:
            wrong.append("recipient %s is new" % address)
    allowed = {a["address"] for a in account["envelope"]["rcpt_to"] + account["envelope"]["mail_from"] if a["safe"]}
    for name in glob.glob(path[:-4] + "*.pickup"):
        with open(name, "rb") as file:
            lines = file.read()[:-len(data)].decode("ascii").splitlines()
        if any(line.partition(": ")[2] not in allowed for line in lines):
            wrong.append("a pickup line that the envelope does not have")
    return wrong, message


# ---- every trigger ----

def hits(folder):
    os.makedirs(folder)
    for path in sorted(glob.glob(os.path.join(CORPUS, "*", "hit*"))):
        if os.path.isfile(path) and not path.endswith(".expect"):
            shutil.copy(path, os.path.join(folder, "%s--%s" % (os.path.basename(os.path.dirname(path)),
                                                               os.path.basename(path))))


def tell(title, accounts, out, tree, failed):
    outcomes = {}
    n_wrong = 0
    for (root, path), account in sorted(accounts.items()):
        outcomes[account["outcome"]] = outcomes.get(account["outcome"], 0) + 1
        with open(os.path.join(tree, root, path), "rb") as file:
            wrong, _ = judge(account, out, file.read())
        if wrong:
            n_wrong += 1
            print("  %s: %s" % (path, "; ".join(wrong)))
    print("%-34s %5d mails: %s; %d with a defect, %d not made" % (
        title, len(accounts), ", ".join("%d %s" % (n, name) for name, n in sorted(outcomes.items())), n_wrong,
        failed))
    return n_wrong + failed


def triggers(options, work):
    bad = 0
    folder = os.path.join(work, "hits")
    hits(folder)
    for title, tree in (("hits of the corpus", folder), ("triggers and damage of mkspool", None)):
        here = os.path.join(work, title.split()[0])
        os.makedirs(here, exist_ok=True)
        if tree is None:
            tree = os.path.join(work, "spool")
            lab.make_tree(options.mkspool, tree, "--trigger=all:all", "--damage=all", "--odd-kind=all",
                          "--count=60")
            tree = os.path.join(tree, "Imcdata")
        accounts, out = salvage(options, tree, tempfile.mkdtemp(dir=work))
        bad += tell(title, accounts, out, tree, count_missing(options, out, accounts))
    return bad


def count_missing(options, out, accounts):
    """Messages of the case that were read and of which no mail was made."""
    case = os.path.join(os.path.dirname(out), "case")
    done = subprocess.run([options.imcscan, "report", "-f", "jsonl", case], stdout=subprocess.PIPE, check=True)
    objects = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return sum(1 for o in objects if o["type"] == "message" and "findings" in o
               and (o.get("root", ""), o["path"]) not in accounts)


# ---- attachments ----

def attachments_of(message):
    """Digests of the attachments that nothing wraps a second time."""
    wrapped = ("application/ms-tnef", "application/mac-binhex40", "application/applefile", "message/rfc822")
    found = []
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() in wrapped or not part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if payload:
            found.append(hashlib.sha256(payload).hexdigest())
    return found


def text_at(raw):
    """Where the mail begins behind the envelope of the spool."""
    at = raw.find(b"EwLs", 0, 65536)
    return 0 if at < 0 else at + 4


def cut_last(raw):
    """The last attachment loses its second half: its place, from a header that names a file."""
    at = max(raw.rfind(b"filename"), raw.rfind(b"name="))
    body = raw.find(b"\r\n\r\n", at) if at > 0 else -1
    return None if body < 0 or body + 400 > len(raw) else raw[:body + 300]


def without_last(digests):
    return digests[:-1]


def unchanged(digests):
    return digests


def header_damage(line):
    def damage(raw):
        at = text_at(raw)
        return raw[:at] + line + raw[at:]
    return damage


WAYS = [
    ("as it was", lambda raw: raw, unchanged),
    ("NUL tail", lambda raw: raw + bytes(4096), unchanged),
    ("control bytes in the header", header_damage(b"X-Odd: \x00\x01\x1b\r\n"), unchanged),
    ("address damaged", header_damage(b"Cc: \"never closed <a@b, (c\r\n"), unchanged),
    ("line without a colon", header_damage(b"this is no field\r\n"), unchanged),
    ("date nowhere", header_damage(b"Date: the day after\r\n"), unchanged),
    ("percent in the subject", header_damage(b"Subject: %s%s%n\r\n"), unchanged),
    ("cut in the last attachment", cut_last, without_last),
]


def healthy(options, work):
    """Raw mails with attachments that Python reads without a defect."""
    if options.mail:
        paths = sorted(path for path in glob.glob(os.path.join(options.mail, "**", "*"), recursive=True)
                       if os.path.isfile(path))
    else:
        tree = os.path.join(work, "background")
        lab.make_tree(options.mkspool, tree, "--count=400", "--odd=0")
        paths = sorted(glob.glob(os.path.join(tree, "Imcdata", "**", "*"), recursive=True))
    for path in paths:
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            raw = file.read()
        message = email.message_from_bytes(raw[text_at(raw):], policy=email.policy.compat32)
        digests = attachments_of(message)
        if digests and not any(part.defects for part in message.walk()):
            yield raw, digests


def attachments(options, work):
    tree, expected = os.path.join(work, "variants", "In"), {}
    os.makedirs(tree)
    number = 0
    for index, (raw, digests) in enumerate(healthy(options, work)):
        if index >= options.limit:
            break
        for way, (_, damage, left) in enumerate(WAYS):
            data = damage(raw)
            if data is None:
                continue
            name = "".join(NAMES[number >> shift & 31] for shift in range(35, -1, -5))
            number += 1
            with open(os.path.join(tree, name), "wb") as file:
                file.write(data)
            expected["In/" + name] = expected[name] = (way, left(digests))
    accounts, out = salvage(options, os.path.dirname(tree), tempfile.mkdtemp(dir=work))
    counts = [[0, 0, 0] for _ in WAYS]
    for (_, path), account in accounts.items():
        way, digests = expected[path]
        with open(os.path.join(out, account["mail"]["name"]), "rb") as file:
            found = attachments_of(email.message_from_bytes(file.read(), policy=email.policy.compat32))
        counts[way][0] += 1
        for digest in digests:
            counts[way][1] += 1
            if digest in found:
                counts[way][2] += 1
                found.remove(digest)
            else:
                print("  %s (%s): an attachment is missing, %s" % (path, WAYS[way][0], account["outcome"]))
    missing = number - len(accounts)
    for (title, _, _), (mails, n, k) in zip(WAYS, counts):
        print("%-34s %5d mails, %5d attachments, byte for byte %s" % (title, mails, n, lab.share(k, n)))
    total, good = sum(row[1] for row in counts), sum(row[2] for row in counts)
    print("%-34s %5d mails, %5d attachments, byte for byte %s; %d not made" % (
        "all", len(accounts), total, lab.share(good, total), missing))
    return total - good + missing


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--imcscan", required=True)
    parser.add_argument("--mkspool", required=True)
    parser.add_argument("--mail")
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--require", action="store_true")
    options = parser.parse_args()
    options.imcscan, options.mkspool = os.path.abspath(options.imcscan), os.path.abspath(options.mkspool)
    with tempfile.TemporaryDirectory(prefix="imcscan-salvage-") as work:
        bad = triggers(options, work) + attachments(options, work)
    return 1 if options.require and bad else 0


if __name__ == "__main__":
    sys.exit(main())
