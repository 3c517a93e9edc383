/*
 * facts.h - what parsers record about a message beside its structure.
 *
 * For parsers (who record) and rules (who judge). A fact says what stands in the bytes, never
 * whether that is bad. Facts are grouped by the parser that records them; add at the end of a
 * group. What their values mean: fact_values.h.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FACTS_H
#define IMC_FACTS_H

#include <stdint.h>

#include "fact_values.h"

/* What a fact says; the comment of each tells what its place and value mean. */
enum fact_kind {
	/* lines: the whole file. offset/len = the run, value as noted */
	FACT_NUL_TAIL,  /* file ends in NULs; value = bytes before the run; len = its length */
	FACT_NUL_WHOLE, /* file is nothing but NULs; no FACT_NUL_TAIL then */
	/* run of >= 64 NULs not at the end; value = largest of 65536, 4096, 512 that divides the
	 * offset of its start or of its end (in file), else 0 */
	FACT_NUL_BLOCK,
	FACT_FILE_EMPTY,  /* zero length */
	FACT_CTRL_Z_TAIL, /* 0x1a as last byte (copy /a) */
	FACT_LF_ONLY,     /* no CRLF at all and at least one bare LF in the text part */
	FACT_CR_ONLY,     /* no LF at all and at least one bare CR in the text part */
	/* CRLF . CRLF at the end: offset of the dot; no part of the message; value = 0 so, 1
	 * bare LF before the dot, 2 LF . LF, 3 CR . CR */
	FACT_TERMINATOR_DOT,
	FACT_TERMINATOR_GLUED, /* ends in .CRLF and the byte before the dot is no LF: Q146993 */
	/* text is not empty and does not end in CRLF; value = its last byte. Not of LF-only
	 * (CR-only) text that ends in LF (CR) */
	FACT_END_WITHOUT_CRLF,
	FACT_DOT_STUFFED,   /* line beginning with two dots; value = how many lines */
	FACT_LONE_DOT_LINE, /* line that is a single dot before the end of the text */
	FACT_DOT_BARE, /* line of more than a dot that begins with one; value = how many lines */
	FACT_BYTE_ORDER_MARK, /* on top of the text; value = 8, or 16 (UTF-16) */

	/* envelope */
	FACT_ENVELOPE_TORN,      /* ImCr but no EwLs; value = where the text seems to start, or 0 */
	FACT_ENVELOPE_HEAD_TORN, /* EwLs followed by a field name within the first 4 KB, no ImCr */
	FACT_ENVELOPE_LENGTH,    /* length DWORD disagrees with EwLs; value = the DWORD */
	FACT_ENVELOPE_PLANTED_TAG, /* EwLs seen before the real end of the envelope */
	FACT_ENVELOPE_FILETIME,    /* FILETIME outside 1993..2038; value = seconds since 1970 */
	/* path that is no RFC 821 path: controls, 8-bit, no '>' …; value = the byte; 256 no '>';
	 * 257 an empty recipient */
	FACT_ENVELOPE_ADDRESS_BAD,
	/* FILETIME further from the newest Received than zones explain; value = seconds */
	FACT_ENVELOPE_TIME_FAR,
	FACT_PICKUP_BAD_LINE, /* x-sender/x-receiver line without an address; value = 1 x-sender */

	/* fields: every header block, the one of nested parts and messages too (part tells). Bytes
	 * that do not belong there are recorded once a field: offset = the first, value = how many
	 * (CONTROL and NAME_BAD: the byte) */
	/* line neither field nor continuation, at column 1; value = 1: first line of a part that
	 * is taken as text without a header */
	FACT_HEADER_NO_COLON,
	FACT_HEADER_NAME_BAD,   /* name holds bytes outside RFC 5322 ftext */
	FACT_HEADER_NAME_EMPTY, /* line begins with the colon */
	FACT_HEADER_BLANK_BEFORE_COLON,
	FACT_HEADER_STARTS_FOLDED, /* first line of the block begins with a blank */
	FACT_HEADER_NUL,
	FACT_HEADER_CONTROL, /* other control byte but HT CR LF */
	FACT_HEADER_8BIT,
	FACT_HEADER_BARE_CR,
	FACT_HEADER_BARE_LF,      /* only where the message has CRLF line ends elsewhere */
	FACT_HEADER_LONG_LINE,    /* over 998 bytes without CRLF; value = bytes */
	FACT_HEADER_BLANK_FOLD,   /* continuation line of blanks only */
	FACT_HEADER_UNTERMINATED, /* data ends in the block: no empty line; part says where */
	FACT_HEADER_TRUNCATED, /* … and the last line has no line end; value = bytes of that line */
	FACT_HEADER_HUGE,      /* block over 32,768 bytes; value = bytes */
	FACT_HEADER_MBOX_LINE,             /* "From user date" line on top */
	FACT_HEADER_INTERNET_HEADERS_LINE, /* "Microsoft Mail Internet Headers Version 2.0" */
	FACT_FIELDS_CUT,       /* more fields than we keep; value = how many there are */
	FACT_FIELD_SYNTAX,     /* structured field against its grammar; value = enum syntax_fault */
	FACT_IDENTIFIER_FORM,  /* Message-ID, Content-ID, References …; value = enum id_form */
	FACT_TRACE_FORM,       /* Received or Return-Path; value = enum trace_form */
	FACT_FIELD_VALUE,      /* field of a fixed vocabulary or form; value = enum value_form */
	FACT_DIGEST_WRONG,     /* Content-MD5 is not that of the body; value = 1 no MD5 at all */
	FACT_LENGTH_WRONG,     /* Content-Length or Lines is not so; value = what it should be */
	FACT_REPORT_TYPE_NONE, /* field of a report's part without "type;" before its value */

	/* params: Content-Type and Content-Disposition. offset = the parameter or offending byte */
	FACT_TYPE_NO_SLASH, /* Content-Type without a subtype; value = 1 when the slash is there */
	/* field there, but empty or only parameters; value = 0 empty, 1 only parameters, 2 a
	 * slash with nothing before it */
	FACT_TYPE_EMPTY,
	/* byte outside token/quoted-string/comment; value = the byte. The first of a name or
	 * value, and its first control or 8-bit byte; of quoted values only the latter, and none
	 * of quoted file names */
	FACT_TYPE_ILLEGAL_BYTE,
	/* no parameter, or no ';', where one must stand; value = enum separator_fault */
	FACT_TYPE_STRAY_SEPARATOR,
	FACT_PARAM_NO_VALUE, /* name= with nothing, or a name without '=' */
	FACT_PARAM_EMPTY,    /* value "" or only blanks */
	FACT_PARAM_UNCLOSED_QUOTE,
	FACT_PARAM_UNCLOSED_COMMENT,
	FACT_PARAM_DUPLICATE, /* same name twice in a field; value = 1 with another value */
	FACT_PARAM_2231_BAD,  /* against RFC 2231; value = enum section_fault */
	FACT_PARAMS_CUT,      /* more parameters than we keep of one field; value = how many */
	FACT_TYPE_TRAILING_SEMICOLON, /* ';' with nothing behind it */
	FACT_TYPE_COMMENT,   /* comment inside a type or parameter; value = enum comment_place */
	FACT_PARAM_2231_ODD, /* within RFC 2231, but seldom; value = enum section_oddity */

	/* addresses: From Sender Reply-To To Cc Bcc and their Resent- forms; field index in
	 * `field` */
	FACT_ADDRESS_UNCLOSED_QUOTE,
	FACT_ADDRESS_UNCLOSED_ANGLE,
	FACT_ADDRESS_STRAY_ANGLE,      /* '>' without '<', or a second '<' */
	FACT_ADDRESS_UNCLOSED_COMMENT, /* '(' without ')' */
	FACT_ADDRESS_STRAY_PAREN,      /* ')' without '(' */
	/* comment that holds a comma or semicolon; value = 1 when text or a stray ';' follows
	 * that is no lawful rest of the element */
	FACT_ADDRESS_COMMENT_LIST,
	FACT_ADDRESS_EMPTY_ELEMENT, /* two separators with nothing but blanks between */
	FACT_ADDRESS_ONLY_COMMENT,  /* element that is empty once comments are removed */
	FACT_ADDRESS_CONTROL, /* control byte (not folding) inside the value; value = the byte */
	FACT_ADDRESS_NUL,
	FACT_ADDRESS_8BIT,
	FACT_ADDRESS_NO_AT,        /* addr-spec without '@' (not in a group name) */
	FACT_ADDRESS_EMPTY_LOCAL,  /* @domain */
	FACT_ADDRESS_EMPTY_DOMAIN, /* local@ */
	FACT_ADDRESS_TWO_ATS,
	FACT_ADDRESS_DOTS, /* leading, trailing or double dot */
	FACT_ADDRESS_LONG, /* addr-spec over 246 bytes; value = bytes */
	FACT_ADDRESS_GROUP_NESTED,
	FACT_ADDRESS_GROUP_UNCLOSED,
	FACT_ADDRESS_STRAY_SEMICOLON,  /* ';' outside a group */
	FACT_ADDRESS_UNQUOTED_SPECIAL, /* special in a display name that needs quotes */
	/* IMCEA…- local part damaged (Q193782); offset = first bad byte; value = 1 bad +xx, 2 no
	 * type, 3 cut at '@', 4 control byte */
	FACT_ADDRESS_IMCEA_BAD,
	FACT_ADDRESS_NULL,  /* <> in a header field */
	FACT_ADDRESSES_CUT, /* more addresses than we keep; value = how many */
	/* text behind the '>' of an element, or in an addr-spec that none may hold: <a b@c>,
	 * <mailto:a@b>, <a@b> c */
	FACT_ADDRESS_JUNK,
	FACT_ADDRESS_FORM,       /* odd, or against the grammar; value = enum address_form */
	FACT_ADDRESS_GROUP_NAME, /* value = 1 a group without a name, 2 its name is an address */
	/* no address in a field that must have one; value = 1 several where one is allowed, 2 a
	 * group there */
	FACT_ADDRESS_COUNT,

	/* dates */
	FACT_DATE_UNPARSABLE,
	FACT_DATE_RANGE /* year < 1980 or > 2038, field out of range */,
	FACT_DATE_TWO_DIGIT_YEAR,
	FACT_DATE_ZONE_ODD,
	FACT_DATE_IN_COMMENT,
	FACT_DATE_WRONG_WEEKDAY,
	/* Values: UNPARSABLE 1 when there is no date at all (Received without ';' too), else 0;
	 * RANGE the number out of range; TWO_DIGIT_YEAR the year as written; ZONE_ODD 0 a name of
	 * RFC 822, 1 another name, 2 none, 3 not four digits, 4 out of range, 5 text behind it;
	 * IN_COMMENT (Q190084: a comment of a Received field holds something like a date) 1 behind
	 * the first ';', 0 before; WRONG_WEEKDAY the right one, Sunday 0. TWO_DIGIT_YEAR, ZONE_ODD
	 * and WRONG_WEEKDAY are recorded for Date and Resent-Date alone. */
	FACT_DATE_BEFORE_RECEIVED, /* Date over a day before the newest Received; value = seconds */
	FACT_DATE_AFTER_RECEIVED,  /* … over three hours after it */

	/* words: RFC 2047 */
	FACT_WORD_UNCLOSED,     /* "=?cs?x?" without "?=" */
	FACT_WORD_BAD_ENCODING, /* neither B nor Q */
	FACT_WORD_BAD_BYTES,    /* bad base64 or =XX inside */
	FACT_WORD_UNKNOWN_CHARSET,
	FACT_WORD_EMPTY_CHARSET,
	FACT_WORD_LONG,         /* over 75 bytes; value = bytes */
	FACT_WORD_INVALID_TEXT, /* decoded bytes are not valid in the charset; value = spots */
	/* decoded bytes end inside a multibyte character (Q266638); value = 0 so, 1 whole, but
	 * left in a shifted state, 2 a raw 8-bit display name */
	FACT_WORD_CUT_TEXT,
	FACT_WORD_NEEDLESS, /* nothing in its text needed encoding */
	/* where RFC 2047 section 5 allows none; value = 1 quoted string, 2 parameter, 3 transfer
	 * encoding */
	FACT_WORD_MISPLACED,

	/* split: our own MIME splitter */
	FACT_BOUNDARY_ABSENT, /* multipart without boundary parameter */
	FACT_BOUNDARY_EMPTY,  /* boundary= with nothing, "", or only blanks */
	FACT_BOUNDARY_LONG,   /* over 70 bytes; value = bytes */
	FACT_BOUNDARY_ODD,    /* byte outside RFC 2046 bchars */
	/* no delimiter line in the body; value = bytes of the body. No FACT_CLOSING_MISSING then */
	FACT_BOUNDARY_NEVER_SEEN,
	FACT_BOUNDARY_PREFIX, /* is a proper prefix of an enclosing boundary or the reverse */
	/* no closing delimiter; value = 1 when an outer boundary ended it, 0 when the data ended */
	FACT_CLOSING_MISSING,
	FACT_PREAMBLE_FIELDS, /* preamble holds a line like "Content-Type: x/y"; value = bytes */
	FACT_PREAMBLE_LARGE,  /* preamble over 1,024 bytes; value = bytes */
	FACT_EPILOGUE_FIELDS,
	FACT_PART_NO_HEADER_END, /* boundary or end of data inside a part's header block */
	FACT_PART_EMPTY,         /* two delimiters with nothing between */
	FACT_NESTED_DEEP,        /* deepest message/rfc822 chain over 10; value = depth */
	FACT_MULTIPART_DEEP,     /* deepest multipart chain over 10; value = depth */
	FACT_SPLIT_LIMIT,        /* splitter stopped descending; value = 1 depth, 2 parts, 3 work */
	/* multipart or message/ with base64/qp/… encoding; value = enum encoding */
	FACT_MULTIPART_ENCODED,
	FACT_TYPE_REPEATED, /* second Content-Type in one header block; field = the second */
	FACT_ENCODING_REPEATED,
	FACT_ENCODING_UNKNOWN /* field = it; value = enum encoding_name */,
	FACT_ENCODING_EMPTY,
	FACT_ENCODING_FORM, /* a known name that does not stand alone; value = enum encoding_form */
	FACT_BOUNDARY_BLANK_END, /* a quoted boundary ends in a blank, which no delimiter line shows */
	FACT_BOUNDARY_SAME,      /* equal to an enclosing boundary that is still open */
	FACT_BOUNDARY_FORM,      /* value = enum boundary_form; the parameter or comment */
	FACT_DELIMITER_ODD, /* nearly a delimiter of an open boundary; value = enum delimiter_fault */
	FACT_MULTIPART_EMPTY, /* the closing delimiter is the first one; field = Content-Type */
	/* delimiters in a body whose type is not multipart; value = 1 those of a boundary parameter,
	 * 2 the body begins with a line of dashes and a part's header */
	FACT_DELIMITERS_HIDDEN,
	FACT_EPILOGUE_TEXT,      /* more than blanks behind the closing delimiter; value = bytes */
	FACT_EPILOGUE_DELIMITER, /* delimiter behind the closing one; value = how many */
	FACT_PARTS_CUT,          /* more parts than we keep; value = at least how many there are */
	FACT_DEPTH_CUT,          /* parts deeper than those we keep; value = at least how deep */

	/* transfer: leaf bodies as encoded; offset in the file, exact */
	/* outside alphabet, CR LF SP HT apart; value = the byte. A '=' that can be no padding
	 * counts too. Text that list software appends (complete quartets, then an empty line,
	 * then a line that is no base64) is one fact: value = the byte + 256, offset and len =
	 * that text */
	FACT_BASE64_BAD_BYTE,
	/* '=' followed by more data; value = 0, or 1 when all that follows is appended text as
	 * above (no decoder sees more data than it) */
	FACT_BASE64_PAD_MIDDLE,
	FACT_BASE64_CUT, /* ends in an incomplete quartet; value = symbols and '=' in it (1..3) */
	FACT_BASE64_LONG_LINE, /* over 76; value = bytes */
	FACT_BASE64_EMPTY,     /* declared base64, no data */
	/* '=' not followed by two hex digits or a line end; len = the run of '=' */
	FACT_QP_BAD_ESCAPE,
	FACT_QP_LONG_LINE, /* over 76; value = bytes */
	FACT_QP_CONTROL,   /* control byte but HT CR LF; value = the byte */
	/* value = 1 soft line break as last thing, 2 '=' and one hex digit */
	FACT_QP_ENDS_IN_ESCAPE,
	FACT_7BIT_HAS_8BIT,  /* declared (or default) 7bit with 8-bit bytes; value = how many */
	FACT_BODY_NUL,       /* NUL in the body of a leaf that is not binary; value = how many */
	FACT_BODY_LONG_LINE, /* over 998; value = bytes */
	FACT_BODY_BARE_CR,   /* first of the leaf; value = how many in it */
	FACT_BODY_BARE_LF,   /* the same; both only where the message has CRLF elsewhere */
	FACT_QP_8BIT,        /* 8-bit bytes in quoted-printable; value = how many */
	FACT_TEXT_CONTROL,   /* control byte but HT LF FF CR (ESC) in a text; value = the byte */
	FACT_OUTSIDE_8BIT,   /* 8-bit bytes in preamble (value = 1) or epilogue (2) */
	FACT_8BIT_NEEDLESS,  /* declared 8bit without an 8-bit byte */
	FACT_BASE64_FORM,    /* lawful, but odd; value = enum base64_form */
	FACT_QP_FORM,        /* escapes and line ends; value = enum qp_form */
	/* the encoding is another one than declared; value = enum label_fault; offset and len =
	 * the first line that tells */
	FACT_LABEL_WRONG,
	FACT_DECODED_LINE, /* in a text that was encoded; value = enum decoded_line */
	/* LF without CR, then CRLF, in the text of an attachment; value = how many */
	FACT_LF_BEFORE_CRLF,

	/* uuencode: in text bodies and x-uuencode parts */
	FACT_UU_NO_END,     /* begin without end; value = data lines seen */
	FACT_UU_SHORT_LINE, /* fewer symbols than the length byte says; value = missing */
	FACT_UU_LONG_LINE,  /* more symbols than the length byte says; value = how many more */
	FACT_UU_BAD_BYTE,   /* outside SP..'`'; value = the byte */
	FACT_UU_BAD_MODE,   /* digits, but not 3 or 4 octal ones */
	FACT_UU_EMPTY_NAME,
	/* a begin line that is followed by data; value = data lines; offset and len = the name
	 * as it stands (in the file when nothing encodes it) */
	FACT_UU_BEGIN,
	FACT_UU_NO_ZERO_LINE, /* end line without the zero length line before it */
	FACT_UU_PRETEXT,      /* x-uuencode part: text before its first block; value = bytes */
	/* x-uuencode part: text behind an end line that is no block; value = bytes from there to
	 * the next block or the end of the part */
	FACT_UU_AFTER_END,
	FACT_UU_XXENCODE,  /* begin line, then lines in the alphabet of xxencode; value = lines */
	FACT_UU_LONG_DATA, /* length byte that stands for more than 45 bytes; value = bytes */

	/* yenc: in bodies that nothing else encodes */
	FACT_YENC_BEGIN, /* an =ybegin line; value = bytes of data behind it, decoded */
	FACT_YENC_FAULT, /* value = enum yenc_fault; the line that tells */

	/* binhex */
	/* labelled BinHex, "(This file must be converted with BinHex" absent */
	FACT_BINHEX_NO_PROLOG,
	FACT_BINHEX_NO_START, /* no ':' data start */
	FACT_BINHEX_NO_END,
	FACT_BINHEX_BAD_BYTE,
	FACT_BINHEX_BAD_CRC /* value: 1 header 2 data 3 rsrc */,
	FACT_BINHEX_CUT, /* data ends before the lengths in its header say; value = bytes missing */
	/* run length code with a count of 1 or 2 (Q159175); value = the count */
	FACT_BINHEX_SHORT_RUN,
	FACT_BINHEX_NAME, /* name length not 1..63; value = it */
	/* the ':' before data; value = 0 a part of that type, 1 the banner in a text, 2 a part of
	 * another type with a BinHex transfer encoding */
	FACT_BINHEX_BEGIN,
	FACT_BINHEX_NO_DATA, /* data fork of length zero; value = length of the resource fork */
	FACT_BINHEX_ADJOINS, /* next file begins in the line behind the last one's data */
	/* name of a sound header holds 8-bit bytes; value = its length, + 256 when it would end in
	 * half a character if it were Shift_JIS, or Big5, GBK or EUC-KR */
	FACT_BINHEX_NAME_8BIT,

	/* tnef: offset in the file of the encoded byte */
	FACT_TNEF_BAD_SIGNATURE, /* labelled TNEF, another signature; value = the DWORD */
	FACT_TNEF_EMPTY,         /* labelled TNEF, no data */
	FACT_TNEF_CUT,           /* attribute runs past the end; value = bytes missing */
	FACT_TNEF_BAD_CHECKSUM,  /* value = the attribute's id */
	FACT_TNEF_BAD_LEVEL,     /* level neither 1 nor 2 */
	FACT_TNEF_BAD_LENGTH,    /* length negative (>= 2^31) or not the one the type takes */
	FACT_TNEF_TRAILING,      /* bytes after the last attribute that are no attribute */
	/* MAPI property stream: value = 1 runs out, 2 unknown type, 3 bad named property, 4 odd
	 * length or no NUL in a Unicode string, 5 more values than there are bytes, 6 bytes
	 * behind the list, 7 more rows of recipients than there are bytes */
	FACT_TNEF_PROPS_BAD,
	/* string of zero bytes, not even its NUL (Q241482); value = attribute id or property tag */
	FACT_TNEF_EMPTY_STRING,
	/* multi-valued string in the recipient table (Q179814); value = tag */
	FACT_TNEF_MV_RECIPIENT,
	FACT_TNEF_PRESENT, /* a TNEF stream stands here; value = its key; len = its decoded bytes */
	FACT_TNEF_FORM,    /* attribute against [MS-OXTNEF]; value = enum tnef_form */
	FACT_TNEF_NESTED,  /* message embedded too deep to be walked; value = its depth */
	FACT_TNEF_RTF,     /* compressed RTF; value = enum rtfcomp_fault */
	FACT_TNEF_ADDRESS, /* address whose inner lengths run out of it; value = attribute id or tag */
	/* correlation key that neither X-MS-TNEF-Correlator nor Message-ID of the message holds;
	 * value = 1: there is no X-MS-TNEF-Correlator */
	FACT_TNEF_KEY_OTHER,
	/* attachment said to be MacBinary that is none; value = enum apple_fault */
	FACT_TNEF_NOT_MACBINARY,

	/* apple: AppleSingle, AppleDouble and MacBinary parts. value = enum apple_fault */
	FACT_APPLE_BAD,

	/* charset: text leaves, decoded */
	FACT_CHARSET_UNKNOWN, /* iconv and our alias table do not know it */
	FACT_CHARSET_INVALID, /* bytes invalid in the declared charset; value = how many spots */
	FACT_CHARSET_CUT, /* text ends inside a multibyte character or shift state (value = 1) */
	FACT_CHARSET_DBCS_INVALID, /* as INVALID, declared charset is a DBCS one (Q282796) */
	/* >= 128 consecutive CRLF in ISO-2022 text; value = pairs (Q235219) */
	FACT_ISO2022_CRLF_RUN,
	FACT_ISO2022_BAD_ESCAPE,
	FACT_ISO2022_UNDESIGNATED, /* SO before any set is designated; value = how many */
	/* lines that end in a shifted state; value = how many; the place is the shift of the first */
	FACT_ISO2022_OPEN_LINE,
	/* ISO-2022-KR lines that begin with a character whose first byte is 0xb7; value = how many */
	FACT_ISO2022_KR_B7,
	FACT_UTF7_BAD_SHIFT,     /* value = enum utf7_fault of the first */
	FACT_CHARSET_ASCII_8BIT, /* text of US-ASCII, or of none, has 8-bit bytes; value = how many */
	FACT_CHARSET_C1,         /* ISO 8859 text with bytes 0x80..0x9f; value = how many */
	/* text labelled ISO-8859-1 looks Far Eastern; value = 1 ISO-2022 escapes, 2 pairs of bytes */
	FACT_CHARSET_FAR_EAST,
	FACT_CHARSET_JIS_SJIS, /* JIS escapes and Shift-JIS characters; the place is the first of those */
	FACT_CHARSET_NEEDLESS, /* a charset is named, US-ASCII would do; the place is the name */
	FACT_CHARSET_META, /* HTML names another charset than the header; the place is the name */
	/* word of Latin and other letters by turns; value = how many such words */
	FACT_CHARSET_ALPHABETS,

	/* html and text */
	FACT_URL_LONG,        /* over 1,732 bytes; value = bytes (Q190657) */
	FACT_HTML_HREF_BLANK, /* link whose quoted HREF begins with white space; value = bytes of it */
	/* URL of punctuation alone, a tilde among it (Q173457); value = bytes behind its scheme */
	FACT_URL_HOLLOW,
	/* FONT element of several names; value = 1 opened inside another such, 2 crosses another
	 * element: one ends inside the other */
	FACT_HTML_FONT_OVERLAP,
	/* font name, in HTML or RTF; value = 1 over 31 bytes, 2 control byte, 3 its quote or group
	 * is not closed */
	FACT_FONT_NAME,
	FACT_HTML_CUT,  /* page ends inside; value = 1 a tag, 2 a comment */
	FACT_HTML_LINK, /* the first link of a page */

	/* filetype: leaf bodies and whole foreign files; value = enum filetype */
	FACT_TYPE_DISAGREES,   /* decoded head is of another type than declared */
	FACT_FILE_IS_NOT_MAIL, /* no header block at all: an executable, archive, picture, stub */
	/* no kind of file that the extension of the name stands for is one that the type allows */
	FACT_NAME_DISAGREES,

	/* complete: decoded leaves; offset = the piece that is not whole, or the last byte where an
	 * end mark is missing; value = enum cut_file */
	FACT_FILE_CUT,

	/* rtf: value = enum rtf_fault */
	FACT_RTF_FORM,

	/* asn1: leaves labelled PKCS #7; value = enum asn1_fault */
	FACT_ASN1_FORM,

	/* report: delivery and disposition notifications */
	FACT_REPORT_PRESENT,         /* its fields stand here; value = enum report_kind */
	FACT_REPORT_FIELD_MISSING,   /* offset = its group; value = enum report_field */
	FACT_REPORT_FIELD_MISPLACED, /* in a group of the other kind; value = enum report_field */
	FACT_REPORT_FIELD_LONG,      /* value unfolded over 1,024 bytes; value = bytes (Q238419) */
	/* Final-Recipient or Original-Recipient without an address (Q256315) */
	FACT_REPORT_ADDRESS_EMPTY,

	/* tear: inside a line, at a multiple of 512, the mail goes on as something else; value =
	 * enum tear; len = bytes until it is itself again, 0: not known */
	FACT_TEAR,

	/* gmime: the second reader */
	FACT_GMIME_WARNING, /* value = GMimeParserWarning code 1..17; offset may be OFFSET_NONE */
	FACT_GMIME_NULL,    /* GMime saw no message at all */
	FACT_GMIME_MASKED,  /* field hidden from GMime by the gate; value = bytes */
	FACT_GMIME_SKIPPED, /* message not given to GMime; value = 1 parts 2 size 3 fields 4 work */
	FACT_GMIME_PARTS,   /* number of leaf parts differs from ours; value = GMime's */
	/* as many parts, but this one begins or ends elsewhere; offset and len are ours, value =
	 * where it begins for GMime, or ends when both begin alike */
	FACT_GMIME_EXTENT,
	/* GMime reads type, encoding, file name or boundary in another way; value = place in
	 * msg->gmime_differences */
	FACT_GMIME_DIFFERS,

	FACT_COUNT
};

#define OFFSET_NONE UINT64_MAX /* a fact or finding without a place in the file */
#define FACTS_KEPT 16          /* of each kind, the first ones; `facts_seen` has the full count */

/* One thing that a parser saw, and where. */
struct fact {
	enum fact_kind kind;
	int part;        /* index into message.parts, or -1 */
	int field;       /* index into message.fields, or -1 */
	uint64_t offset; /* bytes from the start of the file, or OFFSET_NONE */
	uint64_t len;    /* bytes in the file, 0 for a point */
	uint64_t value;  /* as the kind says */
};

#endif
