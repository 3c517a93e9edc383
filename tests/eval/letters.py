"""letters.py - the lawful mails that the ambiguous ones are made from, and the mails that must stay unsuspected.

A trick is a lawful mail with a few replacements; each must find what it replaces. Text here has LF, which becomes
CRLF; LONE_LF stands for a line feed of its own. Grades: 0 definitely off the standard, 1 probably not as meant,
2 conforming edge case, 3 plain valid.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
import base64
import binascii
import io
import quopri
import zipfile

LONE_LF = "\u240a"
TEXT = "Dear Ben,\n\nthe figures of the first quarter are in the attached file.\nPlease check the third column.\n\nAnna\n"


def archive():
    """A small ZIP whose bytes are the same at every run."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as files:
        for name in ("figures.csv", "notes.txt"):
            rows = "".join("%s;%d;%d\r\n" % (name, i, i * i * 37 % 1009) for i in range(24))
            files.writestr(zipfile.ZipInfo(name, (2001, 3, 5, 14, 7, 50)), rows, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def lines_of(data, width=76):
    return "".join(data[i:i + width] + "\n" for i in range(0, len(data), width))


def uuencode(data, name):
    rows = [binascii.b2a_uu(data[i:i + 45]).decode() for i in range(0, len(data), 45)]
    return "begin 644 %s\n%s`\nend\n" % (name, "".join(rows))


def yencode(data, name):
    plain = "".join(chr((b + 42) % 256) if (b + 42) % 256 not in (0, 9, 10, 13, 61)
                    else "=" + chr((b + 106) % 256) for b in data)
    return "=ybegin line=128 size=%d name=%s\n%s=yend size=%d\n" % (len(data), name, lines_of(plain, 128), len(data))


def binhex(data, name):
    """BinHex 4.0 without runs: each 0x90 is followed by a zero."""
    def summed(part):
        return part + binascii.crc_hqx(part + b"\0\0", 0).to_bytes(2, "big")

    alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
    head = bytes([len(name)]) + name.encode() + b"\0BINA????\0\0" + len(data).to_bytes(4, "big") + bytes(4)
    packed = (summed(head) + summed(data) + summed(b"")).replace(b"\x90", b"\x90\0")
    bits = "".join("{:08b}".format(b) for b in packed)
    bits += "0" * (-len(bits) % 6)
    text = ":" + "".join(alphabet[int(bits[i:i + 6], 2)] for i in range(0, len(bits), 6)) + ":"
    return "(This file must be converted with BinHex 4.0)\n\n" + lines_of(text, 64)


def quoted(text):
    return quopri.encodestring(text.encode("latin-1"), quotetabs=False).decode("latin-1")


ZIPPED = archive()
BASE64 = lines_of(base64.b64encode(ZIPPED).decode())
BINHEX = binhex(ZIPPED, "figures.zip")
NOTE = "Menü für Größe: " + "Preis und Menge, " * 12 + "\nEnde = 3\n"

TOP = """Date: Mon, 05 Mar 2001 14:07:51 +0000
From: Anna Berg <anna@example.org>
To: Ben Cole <ben@example.net>
Subject: Figures of the first quarter
Message-ID: <{name}@example.org>
MIME-Version: 1.0
"""
TYPE = 'Content-Type: multipart/mixed; boundary="frontier"\n'
TEXT_TYPE = "Content-Type: text/plain; charset=us-ascii\n"
FILE_TYPE = 'Content-Type: application/zip; name="figures.zip"\n'
ENCODING = "Content-Transfer-Encoding: base64\n"
DISPOSITION = 'Content-Disposition: attachment; filename="figures.zip"\n'
FIRST = TEXT_TYPE + "Content-Transfer-Encoding: 7bit\n\n" + TEXT
FILE = FILE_TYPE + ENCODING + DISPOSITION + "\n" + BASE64
LAST = "--frontier--\n"
ZIP = TOP + TYPE + "\n--frontier\n" + FIRST + "\n--frontier\n" + FILE + LAST
PLAIN = TOP + TEXT_TYPE + "Content-Transfer-Encoding: 7bit\n\n" + TEXT
QUOTED = (TOP + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n" +
          quoted(NOTE))
BARE = TOP.replace("MIME-Version: 1.0\n", "") + "\n" + TEXT
SOLE = TOP + FILE
HTML = PLAIN.replace("text/plain", "text/html").replace(TEXT, "<html><body><p>Hello <b>Ben</b></p></body></html>\n")


def changed(text, *pairs):
    """The text with each first member replaced once by the second; what is absent is a mistake of the table."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


class Mails:
    """Collects mails; what the tables below are written to."""

    def __init__(self):
        self.made = {}

    def add(self, grade, group, name, *pairs, base=ZIP):
        full = "%s-%s" % (group, name)
        assert full not in self.made, full
        text = changed(base, *pairs).replace("{name}", full)
        data = text.replace("\n", "\r\n").replace(LONE_LF, "\n").encode("latin-1")
        self.made[full] = (grade, group, data)


def valid(mails):
    """Twenty mails as any mailer writes them."""
    def add(name, *pairs, base=ZIP):
        mails.add(3, "valid", name, *pairs, base=base)

    nested = ('Content-Type: multipart/alternative; boundary="inner"\n\n--inner\n' + FIRST + "\n--inner\n" +
              "Content-Type: text/html; charset=us-ascii\n\n<p>Dear Ben</p>\n\n--inner--\n")
    report = ("Content-Type: multipart/report; report-type=delivery-status; boundary=\"frontier\"\n\n--frontier\n" + FIRST +
              "\n--frontier\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
              "Final-Recipient: rfc822; ben@example.net\nAction: failed\nStatus: 5.1.1\n\n--frontier\n"
              "Content-Type: message/rfc822\n\n" + BARE.replace("{name}", "returned") + "\n" + LAST)
    add("bare", base=BARE)
    add("plain", base=PLAIN)
    add("html", base=HTML)
    add("quoted-printable", base=QUOTED)
    add("zip")
    add("zip-alone", base=SOLE)
    add("alternative", (FIRST, nested))
    add("alternative-top", (TYPE + "\n--frontier\n" + FIRST + "\n--frontier\n" + FILE + LAST, nested))
    add("forwarded", (FILE, "Content-Type: message/rfc822\n\n" + BARE.replace("{name}", "forwarded")))
    add("report", (TYPE + "\n--frontier\n" + FIRST + "\n--frontier\n" + FILE + LAST, report))
    add("utf8", ("us-ascii", "utf-8"), ("7bit", "8bit"), ("Dear Ben", "Dear Bj\xc3\xb6rn"), base=PLAIN)
    add("encoded-subject", ("Figures of", "=?iso-8859-1?Q?Gr=F6=DFe?= of"), base=PLAIN)
    add("folded-type", (TYPE, 'Content-Type: multipart/mixed;\n\tboundary="frontier"\n'))
    add("name-2231", ('filename="figures.zip"', "filename*=iso-8859-1'de'Gr%F6%DFe.zip"),
        ('name="figures.zip"', 'name="Groesse.zip"'))
    add("preamble", (TYPE + "\n", TYPE + "\nThis is a multi-part message in MIME format.\n\n"))
    add("two-files", (LAST, "--frontier\n" + FILE.replace("figures.zip", "second.zip") + LAST))
    add("base64-text", ("7bit\n\n" + TEXT, "base64\n\n" + lines_of(base64.b64encode(TEXT.encode()).decode())),
        ("us-ascii", "utf-8"))
    add("image", (FILE, "Content-Type: image/gif\n" + ENCODING + "Content-ID: <logo@example.org>\n\n" +
                  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\n"), ("mixed", "related"))
    add("digest", (TYPE + "\n--frontier\n" + FIRST + "\n--frontier\n" + FILE,
                   TYPE.replace("mixed", "digest") + "\n--frontier\n\n" + BARE.replace("{name}", "one") + "\n--frontier\n\n" +
                   BARE.replace("{name}", "two") + "\n"))
    add("many-recipients", ("To: Ben Cole <ben@example.net>\n", "To: Ben Cole <ben@example.net>,\n " +
        ",\n ".join("Colleague %d <c%d@example.net>" % (i, i) for i in range(12)) + "\n"), base=PLAIN)


def edges(mails):
    """Conforming mails that a careless reader takes wrongly."""
    def add(name, *pairs, base=ZIP):
        mails.add(2, "edge", name, *pairs, base=base)

    def boundary(name, spelled, used):
        add("boundary-" + name, (TYPE, "Content-Type: multipart/mixed; boundary=%s\n" % spelled),
            *[("--frontier", "--" + used)] * 3)

    boundary("token", "frontier", "frontier")
    boundary("escaped", '"fron\\tier"', "frontier")
    boundary("then-parameter", "\"front\"; x=y", "front")
    boundary("70", '"%s"' % ("b" * 70), "b" * 70)
    boundary("specials", "\"'()+_,-./:=?\"", "'()+_,-./:=?")
    boundary("inner-blank", '"fron tier"', "fron tier")
    boundary("dashes", '"----=_NextPart_000_0001"', "----=_NextPart_000_0001")
    boundary("one-letter", "b", "b")
    boundary("comment-after", "frontier (a comment)", "frontier")
    boundary("comment-before", "(a comment) frontier", "frontier")
    boundary("case-of-name", "frontier; BOUNDARYX=other", "frontier")
    add("boundary-sections", (TYPE, 'Content-Type: multipart/mixed; boundary*0="fron"; boundary*1="tier"\n'))
    add("boundary-percent", (TYPE, "Content-Type: multipart/mixed; boundary*=us-ascii''fron%74ier\n"))
    add("type-case", (TYPE, 'CONTENT-TYPE: Multipart/MIXED; Boundary="frontier"\n'))
    add("type-comment", (TYPE, 'Content-Type: (a) multipart/mixed (b); boundary="frontier" (c)\n'))
    add("type-blanks", (TYPE, 'Content-Type: multipart/mixed  ;   boundary="frontier"\n'))
    add("type-fold-each", (TYPE, 'Content-Type: multipart/mixed\n ;\n boundary="frontier"\n'))
    add("type-no-blank", (TYPE, 'Content-Type:multipart/mixed;boundary="frontier"\n'))
    add("type-tab", (TYPE, 'Content-Type:\tmultipart/mixed;\tboundary="frontier"\n'))
    add("param-specials-quoted", (FILE_TYPE, 'Content-Type: application/zip; name="a;b=c,(d).zip"\n'))
    add("param-escapes", ('filename="figures.zip"', 'filename="fig\\"ur\\\\es.zip"'))
    add("param-x", (FILE_TYPE, FILE_TYPE[:-1] + "; x-mac-type=705A4950\n"))
    add("encoding-case", (ENCODING, "Content-Transfer-Encoding: BASE64\n"))
    add("encoding-comment", (ENCODING, "Content-Transfer-Encoding: base64 (as usual)\n"))
    add("encoding-field-case", (ENCODING, "content-transfer-encoding: Base64\n"))
    add("encoding-folded", (ENCODING, "Content-Transfer-Encoding:\n base64\n"))
    add("encoding-binary-text", ("7bit", "binary"))
    add("base64-lines-60", (BASE64, lines_of(BASE64.replace("\n", ""), 60)))
    add("base64-lines-4", (BASE64, lines_of(BASE64.replace("\n", ""), 4)))
    add("base64-blank-end", (BASE64, BASE64 + "\n"))
    add("quoted-all", (quoted(NOTE), "".join("=%02X" % ord(c) if c != "\n" else c for c in "Ende\nHallo\n")), base=QUOTED)
    add("quoted-soft-end", (quoted(NOTE), "first=\n=\nsecond\n"), base=QUOTED)
    add("quoted-tab-coded", (quoted(NOTE), "tab=09\nblank=20\n"), base=QUOTED)
    add("delimiter-blank-end", ("\n--frontier\n" + FILE_TYPE, "\n--frontier  \n" + FILE_TYPE))
    add("delimiter-tab-end", ("\n--frontier\n" + FILE_TYPE, "\n--frontier\t\n" + FILE_TYPE))
    add("close-blank-end", (LAST, "--frontier-- \n"))
    add("close-no-line-end", (LAST, "--frontier--"))
    add("preamble-dashes", (TYPE + "\n", TYPE + "\n-- \n--fron\n"))
    add("body-dashes", (TEXT, TEXT + "-- \nAnna Berg\n--front\n"))
    add("epilogue-short", (LAST, LAST + "\n"))
    add("part-no-header", (FIRST, "\n" + TEXT))
    add("part-empty-body", (FIRST, TEXT_TYPE + "\n"))
    add("one-part", ("\n--frontier\n" + FILE, ""))
    add("nested-same-prefix", (FIRST, TYPE.replace("frontier", "other-frontier") + "\n--other-frontier\n" + FIRST +
                               "\n--other-frontier--\n"))
    add("nested-5", (FIRST, "".join('Content-Type: multipart/mixed; boundary="n%d"\n\n--n%d\n' % (i, i) for i in range(5)) +
                     FIRST + "".join("\n--n%d--\n" % i for i in range(4, -1, -1))))
    add("rfc822-in-rfc822", (FILE, "Content-Type: message/rfc822\n\n" + BARE.replace("\n\n", "\nMIME-Version: 1.0\n"
        "Content-Type: message/rfc822\n\n" + BARE.replace("{name}", "in"), 1).replace("{name}", "mid")))
    add("version-comment", ("MIME-Version: 1.0", "MIME-Version: 1.0 (made by a program)"))
    add("version-inner-comment", ("MIME-Version: 1.0", "MIME-Version: 1.(a comment)0"))
    add("disposition-inline", ("attachment;", "inline;"))
    add("disposition-all", (DISPOSITION, 'Content-Disposition: attachment; filename="figures.zip"; size=%d;\n'
        ' creation-date="Mon, 05 Mar 2001 14:00:00 +0000"\n' % len(ZIPPED)))
    add("disposition-unknown", ("attachment;", "x-own;"))
    add("name-sections", ('filename="figures.zip"', 'filename*0="figu"; filename*1="res.zip"'))
    add("name-sections-mixed", ('filename="figures.zip"', "filename*0*=us-ascii'en'fig%75; filename*1=\"res.zip\""))
    add("name-token", ('filename="figures.zip"', "filename=figures.zip"))
    add("name-8-sections", ('filename="figures.zip"', ";\n ".join("filename*%d=%s" % p for p in enumerate("figs.zip"))))
    add("content-fields", (DISPOSITION, DISPOSITION + "Content-ID: <file1@example.org>\nContent-Language: en\n"
                           "Content-Description: Figures (first quarter)\n"))
    add("subject-fold", ("Figures of the first quarter", "Figures\n of the\n\tfirst quarter"))
    add("words-adjacent", ("Figures of", "=?us-ascii?Q?Fig?=\n =?us-ascii?Q?ures_?= of"))
    add("charset-quoted", ("us-ascii", '"US-ASCII"'), base=PLAIN)
    add("unknown-subtype", (FILE_TYPE, 'Content-Type: application/x-own-format; name="figures.zip"\n'))
    add("text-line-998", (TEXT, TEXT + "x" * 998 + "\n"), base=PLAIN)
