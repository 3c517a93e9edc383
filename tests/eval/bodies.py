"""bodies.py - bodies off the standard (grade 0) or probably not as meant (grade 1), by the kind of trick.

SPDX-License-Identifier: LGPL-2.1-or-later
"""
from letters import (BARE, BASE64, BINHEX, ENCODING, FILE, FILE_TYPE, HTML, LONE_LF, PLAIN, QUOTED, SOLE, TEXT, ZIP,
                     ZIPPED, lines_of, uuencode, yencode)


def base64_bodies(mails):
    """Bytes of base64 that two decoders do not take alike."""
    def body(grade, name, text, base=ZIP):
        mails.add(grade, "base64", name, (BASE64, text), base=base)

    one = BASE64.replace("\n", "")
    half = len(one) // 8 * 4
    for name, junk in (("star", "*"), ("dot", "."), ("dash", "-"), ("underscore", "_"), ("hash", "#"), ("less", "<"),
                       ("8bit", "\xe9"), ("nul", "\x00"), ("vt", "\x0b"), ("comma", ","), ("at", "@@@@"),
                       ("percent", "%3D"), ("bracket", "(comment)")):
        body(0, "junk-" + name, lines_of(one[:half] + junk + one[half:]))
    body(0, "junk-between", "".join(c + "!" for c in one[:120]) + "\n" + lines_of(one[120:]))
    body(0, "junk-first-line", "This is the file:\n" + BASE64)
    body(0, "junk-last-line", BASE64 + "-- \nsent by example.org\n")
    body(0, "junk-line", BASE64[:77] + "!!!!\n" + BASE64[77:])
    body(0, "comment-line", BASE64[:77] + "*comment*\n" + BASE64[77:])
    body(0, "padding-first", "====\n" + BASE64)
    body(0, "padding-middle", lines_of(one[:half] + "====" + one[half:]))
    body(0, "padding-in-quantum", lines_of(one[:half + 2] + "==" + one[half + 2:]))
    body(0, "padding-one-middle", lines_of(one[:half] + "QQ==" + one[half:]))
    body(0, "padding-each-line", "".join("%s==\n" % one[i:i + 74] for i in range(0, len(one), 74)))
    body(0, "padding-too-much", lines_of(one.rstrip("=") + "======"))
    body(0, "padding-absent", lines_of(one.rstrip("=")[:-2] if one.endswith("=") else one[:-2]))
    body(0, "odd-length", lines_of(one.rstrip("=")[:-3] if len(one.rstrip("=")) % 4 == 0 else one.rstrip("=")[:-2]))
    body(0, "after-padding", lines_of(one.rstrip("=")[:half] + "QUI=") + "QUJD\n")
    body(0, "line-long", one + "\n")
    body(0, "line-1000", lines_of(one * 3, 1100))
    body(1, "lines-1", lines_of(one, 1))
    body(1, "lines-2", lines_of(one, 2))
    body(1, "lines-3", lines_of(one, 3))
    body(1, "lines-77-odd", lines_of(one, 75))
    body(1, "blank-lines", lines_of(one).replace("\n", "\n\n"))
    body(1, "blank-line-first", "\n\n" + BASE64)
    body(1, "blanks-inside", lines_of(" ".join(one[i:i + 4] for i in range(0, len(one), 4))))
    body(1, "tabs-begin", "\t" + BASE64.replace("\n", "\n\t"))
    body(0, "data-uri", "data:application/zip;base64," + BASE64)
    body(0, "not-at-all", "This is no base64 at all, is it?\n")
    body(0, "dot-lines", BASE64.replace("\n", "\n.\n", 1))
    body(0, "lf-only", BASE64.replace("\n", LONE_LF))
    body(0, "cr-only", BASE64.replace("\n", "\r"))
    body(0, "url-alphabet", lines_of(one[:half] + "-_-_" + one[half:]))
    body(0, "sole-padding-middle", lines_of(one[:half] + "QQ==" + one[half:]), base=SOLE)
    body(0, "sole-cut", lines_of(one[:half + 1]), base=SOLE)


def quoted_bodies(mails):
    """Quoted-printable that two decoders do not take alike."""
    def body(grade, name, text, base=QUOTED):
        mails.add(grade, "quoted", name, (base.split("\n\n", 1)[1], text), base=base)

    for name, text in (("bad-hex", "one =ZZ two\n"), ("one-digit", "one =4 two\n"), ("equals-alone", "1 + 1 = 2\n"),
                       ("equals-twice", "one == two\n"), ("bad-second", "one =3G two\n"), ("soft-blanks", "one=  \ntwo\n"),
                       ("soft-tab", "one=\t\ntwo\n"), ("soft-lf", "one=" + LONE_LF + "two\n"), ("soft-cr", "one=\rtwo\n"),
                       ("soft-nul", "one=\x00\ntwo\n"), ("raw-8bit", "Gr\xf6\xdfe\n"), ("control", "one \x01 two\n"),
                       ("nul", "one \x00 two\n"), ("line-long", "word " * 30 + "\n"), ("line-1100", "word " * 230 + "\n"),
                       ("soft-at-end", "one="), ("hex-at-end", "one=4"), ("hex-cut-by-line", "one=4\n1two\n"),
                       ("0x", "one=0x41two\n"), ("blank-hex", "one= 41two\n"), ("hex-split-soft", "one=4=\n1\n")):
        body(0, name, text)
    body(0, "lower-hex", "Gr=f6=dfe\n")
    body(0, "blank-end", "one two   \nthree\t\n")
    body(1, "coded-line-ends", "one=0D=0Atwo=0D=0A\n")
    body(1, "all-soft", "=\n" * 40 + "x\n")


def other_bodies(mails):
    """uuencode, BinHex, yEnc: inline and as encodings; partial, external and nested parts."""
    def add(grade, name, *pairs, base=ZIP):
        mails.add(grade, "body", name, *pairs, base=base)

    coded, yenc = uuencode(ZIPPED, "figures.zip"), yencode(ZIPPED, "figures.zip")
    add(1, "uu-inline", (TEXT, TEXT + "\n" + coded), base=PLAIN)
    add(1, "uu-in-mime-part", (TEXT, TEXT + "\n" + coded))
    add(1, "uu-bare", (TEXT, TEXT + "\n" + coded), base=BARE)
    add(0, "uu-as-base64", (BASE64, coded))
    add(1, "uu-x-encoding", (ENCODING, "Content-Transfer-Encoding: x-uuencode\n"), (BASE64, coded))
    add(1, "uu-x-short", (ENCODING, "Content-Transfer-Encoding: x-uue\n"), (BASE64, coded))
    add(0, "uu-encoding", (ENCODING, "Content-Transfer-Encoding: uuencode\n"), (BASE64, coded))
    add(0, "uu-no-end", (TEXT, TEXT + "\n" + coded.replace("`\nend\n", "")), base=PLAIN)
    add(0, "uu-bad-line", (TEXT, TEXT + "\n" + coded.replace("\nM", "\n~", 1)), base=PLAIN)
    add(0, "uu-short-line", (TEXT, TEXT + "\n" + "\n".join(row[:40] for row in coded.split("\n"))), base=PLAIN)
    add(0, "uu-after-end", (ENCODING, "Content-Transfer-Encoding: x-uuencode\n"), (BASE64, coded + coded))
    add(1, "yenc-inline", (TEXT, TEXT + "\n" + yenc), base=PLAIN)
    add(1, "yenc-x-encoding", (ENCODING, "Content-Transfer-Encoding: x-yencode\n"), (BASE64, yenc))
    add(1, "binhex-inline", (TEXT, TEXT + "\n" + BINHEX), base=PLAIN)
    add(0, "binhex-encoding", (ENCODING, "Content-Transfer-Encoding: binhex40\n"), (BASE64, BINHEX))
    add(0, "binhex-damaged", (TEXT, TEXT + "\n" + BINHEX[:120] + "?\x7f" + BINHEX[120:]), base=PLAIN)
    add(0, "base64-of-base64", (ENCODING, "Content-Transfer-Encoding: base64, base64\n"))
    add(1, "gzip64", (ENCODING, "Content-Transfer-Encoding: x-gzip64\n"))
    add(1, "partial-1", (FILE, 'Content-Type: message/partial; id="x@example.org"; number=1; total=2\n\n' + BARE))
    add(0, "partial-no-id", (FILE, "Content-Type: message/partial; number=1; total=2\n\n" + BARE))
    add(0, "partial-bad-number", (FILE, 'Content-Type: message/partial; id="x@y"; number=3; total=2\n\n' + BARE))
    add(0, "partial-base64", (FILE, 'Content-Type: message/partial; id="x@y"; number=1\n' + ENCODING + "\n" + BASE64))
    add(0, "external-no-access", (FILE, "Content-Type: message/external-body\n\n" + FILE_TYPE +
                                  "Content-ID: <f@example.org>\n\n"))
    add(1, "external-local", (FILE, 'Content-Type: message/external-body; access-type=local-file; name="/f.zip"\n\n' +
                              FILE_TYPE + "Content-ID: <f@example.org>\n\n"))
    add(0, "external-no-id", (FILE, "Content-Type: message/external-body; access-type=url;\n"
                              ' URL="http://example.org/f.zip"\n\n' + FILE_TYPE + "\n"))
    add(0, "rfc822-no-header", (FILE, "Content-Type: message/rfc822\n\njust text without any field\n\nand more\n"))
    add(1, "charset-utf7-html", ("us-ascii", "utf-7"), ("Hello", "+ADw-script+AD4-"), base=HTML)
    add(1, "charset-utf16", ("us-ascii", "utf-16"), base=PLAIN)
    add(0, "charset-utf16-bytes", ("us-ascii", "utf-16"), ("7bit", "8bit"), (TEXT, "".join(c + "\x00" for c in TEXT[:60])),
        base=PLAIN)
    add(0, "charset-empty", ("charset=us-ascii", 'charset=""'), base=PLAIN)
    add(0, "charset-unknown", ("us-ascii", "nosuch-1"), base=PLAIN)
    add(0, "charset-twice", ("charset=us-ascii", "charset=us-ascii; charset=utf-8"), base=PLAIN)
    add(0, "charset-utf8-invalid", ("us-ascii", "utf-8"), ("7bit", "8bit"), ("Dear Ben", "Dear Bj\xf6rn"), base=PLAIN)
    add(0, "charset-encoded-word", ("us-ascii", '"=?utf-8?Q?utf-8?="'), base=PLAIN)
    add(0, "nul-in-text", ("Dear Ben", "Dear\x00Ben"), base=PLAIN)
    add(0, "line-over-998", (TEXT, TEXT + "x" * 1500 + "\n"), base=PLAIN)
    add(0, "lf-only", *[("\n", LONE_LF)] * PLAIN.count("\n"), base=PLAIN)
    add(0, "cr-only", *[("\n", "\r")] * PLAIN.count("\n"), base=PLAIN)
    add(0, "bare-lf-one", (".\nPlease", "." + LONE_LF + "Please"), base=PLAIN)
