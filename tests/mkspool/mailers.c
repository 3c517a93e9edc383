/* mailers.c - how the mailers of 1996 to 2003 wrote their heads. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "letter.h"

#define MULTIPART "This is a multi-part message in MIME format.\r\n\r\n"
#define EXCHANGE                                                                                   \
	"This message is in MIME format. Since your mail reader does not understand\r\n"           \
	"this format, some or all of this message may not be legible.\r\n\r\n"

static const struct mailer mailers[N_MAILERS] = {
	[M_IMS55] = { "IMS 5.5", "IFTCSDEVXK", "X-Mailer: Internet Mail Service (5.5.2650.21)\r\n",
	    "Message-ID", "<########################################@\3>", "MIME-Version: 1.0",
	    "----_=_NextPart_\1_\6", ";\r\n\t", EXCHANGE, 72,
	    MAILER_FOLDS_SUBJECT | MAILER_DATE_BLANK },
	[M_IMS50] = { "IMS 5.0", "IFTCSDEVXK", "X-Mailer: Internet Mail Service (5.0.1460.8)\r\n",
	    "Message-ID", "<####################################@\3>", "MIME-Version: 1.0",
	    "---- =_NextPart_\1_\6", ";\r\n\t", EXCHANGE, 72, MAILER_FOLDS_SUBJECT },
	[M_IMC40] = { "IMC 4.0", "FTCSDIXEVK",
	    "X-Mailer:  Microsoft Exchange Server Internet Mail Connector Version 4.0.994.63\r\n",
	    "Message-ID", "<c=US\7a=_\7p=ACME\7l=EXGATE1-\5Z-%%%%@\3>", "MIME-Version: 1.0",
	    "---- =_NextPart_\1_\6", ";\r\n\t", "", 72, 0 },
	[M_OUTLOOK] = { "Outlook", "FTCSDIVKEX",
	    "X-Priority: 3 (Normal)\r\nX-MSMail-Priority: Normal\r\n"
	    "X-Mailer: Microsoft Outlook IMO, Build 9.0.2416 (9.0.2911.0)\r\nImportance: Normal\r\n"
	    "X-MimeOLE: Produced By Microsoft MimeOLE V5.50.4133.2400\r\n",
	    "Message-ID", "<LPBB################.\4@\3>", "MIME-Version: 1.0",
	    "----=_NextPart_000_\1%_\6", ";\r\n\t", MULTIPART, 76, 0 },
	[M_OE] = { "Outlook Express", "IFTCSDVKEX",
	    "X-Priority: 3\r\nX-MSMail-Priority: Normal\r\n"
	    "X-Mailer: Microsoft Outlook Express 5.00.2615.200\r\n"
	    "X-MimeOLE: Produced By Microsoft MimeOLE V5.00.2615.200\r\n",
	    "Message-ID", "<00%%01c0a5~~$~~~~~~~0$0100007f@\4>", "MIME-Version: 1.0",
	    "----=_NextPart_\1_00%%_\6", ";\r\n\t", MULTIPART, 76, 0 },
	[M_EUDORA] = { "Eudora", "IXDTFSCEVK",
	    "X-Sender: \4@pop.\3\r\nX-Mailer: Windows Eudora Pro Version 3.0.5 (32)\r\n",
	    "Message-Id", "<3.0.5.32.\5.00%%~~~0@pop.\3>", "Mime-Version: 1.0",
	    "=====================_\2==_\1", "; ", "", 76, MAILER_COMMENT_NAME },
	[M_NETSCAPE] = { "Netscape", "IDFXVTCSEK",
	    "X-Mailer: Mozilla 4.7 [en] (WinNT; I)\r\n"
	    "X-Accept-Language: en\r\n",
	    "Message-ID", "<3AA~~~~~.~~~~~~~@\3>", "MIME-Version: 1.0",
	    "------------############\1#########", ";\r\n ", MULTIPART, 72, 0 },
	[M_PEGASUS] = { "Pegasus Mail", "FTCDVKSEXI",
	    "Priority: normal\r\n"
	    "X-mailer: Pegasus Mail for Win32 (v3.12b)\r\n",
	    "Message-ID", "<3AA3~~~~.%%%.~~~~~@localhost>", "MIME-Version: 1.0",
	    "Message-Boundary-%%%%\1", "; ", "", 72, 0 },
	[M_PINE] = { "Pine", "DFTCSIEVK", "", "Message-ID", "<Pine.LNX.4.10.\5.%%%%-100000@\3>",
	    "MIME-Version: 1.0", "%%%-%%%%%%%%\1-\2=:%%%%", "; ",
	    "  This message is in MIME format.  The first part should be readable text,\r\n"
	    "  while the remaining parts are likely unreadable without MIME-aware tools.\r\n\r\n",
	    76, MAILER_UPPER },
	[M_AOL] = { "AOL", "FITDSVKXE", "X-Mailer: AOL 4.0 for Windows 95 sub 46\r\n", "Message-ID",
	    "<~~.~~~~~~~.27d5~~~~@\3>", "MIME-Version: 1.0", "part%_~~.~~~~~~~\1_boundary", "; ",
	    "", 72, 0 },
	[M_NOTES] = { "Lotus Notes", "XFTCISDEVK",
	    "X-Lotus-FromDomain: \4\r\n"
	    "X-MIMETrack: Itemize by SMTP Server on GATE1/Partner(Release 5.0.6 |December 14,\r\n"
	    " 2000) at 03/05/2001 01:4%:%% PM,\r\n\t"
	    "Serialize complete at 03/05/2001 01:4%:%% PM\r\n"
	    "X-Mailer: Lotus Notes Release 5.0.6  December 14, 2000\r\n",
	    "Message-ID", "<OF########.########-ON86256A06.00####E3@\3>", "MIME-Version: 1.0",
	    "0__=~~~~~~~~~~~~~\1~~~~", "; \r\n\t", "", 76, 0 },
	[M_GROUPWISE] = { "GroupWise", "IXDFTCSEVK", "X-Mailer: Novell GroupWise 5.5.2.1\r\n",
	    "Message-Id", "<saa3~~~~.0%%@\3>", "Mime-Version: 1.0", "=_########.########\1", "; ",
	    "This is a MIME message. If you are reading this text, you may want to \r\n"
	    "consider changing to a mail reader or gateway that understands how to \r\n"
	    "properly handle MIME multipart messages.\r\n\r\n",
	    76, 0 },
	[M_CCMAIL] = { "cc:Mail", "XDIFTCSVEK", "X-Mailer: ccMail Link to SMTP R8.00.01\r\n",
	    "Message-Id", "<9903059838.AA\2@ccgate.\3>", "Mime-Version: 1.0",
	    "IMA.Boundary.%%%%%%%%\1", "; ", "", 76, 0 },
	[M_ELM] = { "elm", "FITSDCEXVK", "X-Mailer: ELM [version 2.4 PL25]\r\n", "Message-Id",
	    "<\5.AA%%%%%@\3>", "MIME-Version: 1.0", "%%%%%%AA\1-\2", "; ", "", 76,
	    MAILER_COMMENT_NAME },
};

const struct mailer *
mailer_at(unsigned id)
{
	return &mailers[id % N_MAILERS];
}

void
scene_choose_mailer(struct scene *s)
{
	static const unsigned char inbound[] = { M_IMS55, M_IMS55, M_IMS50, M_IMC40, M_OUTLOOK,
		M_OUTLOOK, M_OE, M_OE, M_OE, M_EUDORA, M_EUDORA, M_NETSCAPE, M_NETSCAPE, M_PEGASUS,
		M_PINE, M_PINE, M_AOL, M_NOTES, M_GROUPWISE, M_CCMAIL, M_ELM };

	if (s->way == WAY_OUT && rng_percent(&s->rng, 90))
		s->mailer = mailer_at(M_IMS55);
	else
		s->mailer = mailer_at(inbound[rng_below(&s->rng, sizeof inbound)]);
}
