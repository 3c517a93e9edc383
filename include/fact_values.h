/*
 * fact_values.h - what the values of facts mean.
 *
 * For parsers (who record) and rules (who judge); facts.h includes it. The enums stand in the order
 * of the facts whose values they are.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_FACT_VALUES_H
#define IMC_FACT_VALUES_H

/* Values of FACT_FIELD_SYNTAX. The first of each kind in a field is recorded. */
enum syntax_fault {
	SYNTAX_UNCLOSED_QUOTE = 1,
	SYNTAX_UNCLOSED_COMMENT,
	SYNTAX_STRAY_PAREN,     /* ')' without '(' */
	SYNTAX_ILLEGAL_BYTE,    /* character that the field's grammar has no place for */
	SYNTAX_EXTRA_TEXT,      /* text behind a complete value */
	SYNTAX_NESTED_COMMENT,  /* lawful, and seldom written but in Received */
	SYNTAX_ESCAPED_PAREN,   /* lawful: a backslash before a parenthesis of a comment */
	SYNTAX_LEADING_COMMENT, /* lawful: the value begins with a comment */
};

/* Values of FACT_IDENTIFIER_FORM. */
enum id_form {
	ID_NO_BRACKETS = 1,
	ID_UNCLOSED,
	ID_EMPTY,
	ID_NO_AT,
	ID_BLANK,        /* blank or line end between the brackets */
	ID_SEVERAL,      /* where one is allowed */
	ID_TEXT_BESIDE,  /* text outside the brackets */
	ID_BARE_ADDRESS, /* lawful: digits and dots behind the @, without brackets around */
	ID_SHORT,        /* lawful: at most four characters between the brackets */
};

/* Values of FACT_TRACE_FORM. */
enum trace_form {
	TRACE_NO_CLAUSE =
	    1,          /* Received that begins with no clause (from, by, via, with, id, for) */
	TRACE_BAD_IP,   /* [a.b.c.d] with a number over 255 */
	TRACE_NO_ANGLE, /* Return-Path without < > */
	TRACE_NO_AT,    /* … without @ */
	TRACE_BLANK,    /* … with a blank inside */
	TRACE_NOT_NULL, /* … not empty though the message is a report */
};

/* Values of FACT_FIELD_VALUE. */
enum value_form {
	VALUE_UNKNOWN_WORD = 1, /* Importance, Priority, Sensitivity, Precedence */
	VALUE_LIST_FORM,        /* List-…: no <URL> */
	VALUE_NEWS_FORM,        /* Newsgroups, Followup-To, Path, Xref */
	VALUE_VERSION,          /* MIME-Version: well-formed, but not 1.0 */
	VALUE_LANGUAGE_FORM,    /* Content-Language: no list of language tags */
};

/* Values of FACT_TYPE_STRAY_SEPARATOR. */
enum separator_fault {
	SEPARATOR_EMPTY, /* a second ';' */
	SEPARATOR_NONE,  /* text where ';' must stand */
	SEPARATOR_COMMA,
	SEPARATOR_BEHIND_QUOTE, /* text right behind a quoted value */
	SEPARATOR_ESCAPED,      /* backslash before the ';' */
};

/* Values of FACT_TYPE_COMMENT. */
enum comment_place { COMMENT_AT_SLASH, COMMENT_BEFORE_EQUALS, COMMENT_BEHIND_EQUALS };

/* Values of FACT_PARAM_2231_BAD. */
enum section_fault {
	SECTION_PERCENT = 1, /* % without two hex digits */
	SECTION_NO_CHARSET,  /* extended, but no charset'language' before its text */
	SECTION_GAP,         /* the section before it is missing */
	SECTION_REPEATED,
	SECTION_NUMBER,     /* no number, or one with a leading zero */
	SECTION_TWO_FIELDS, /* its first section stands in another field */
	SECTION_QUOTED,     /* extended, and in quotes */
};

/* Values of FACT_PARAM_2231_ODD. */
enum section_oddity {
	SECTION_BOTH_FORMS = 1, /* the plain parameter is there too */
	SECTION_ORDER,          /* stands before the one that it follows */
	SECTION_CHARSET,        /* unknown charset */
	SECTION_LANGUAGE,       /* no language tag */
};

/* Values of FACT_ADDRESS_FORM, the lawful or merely obsolete ones first. */
enum address_form {
	ADDRESS_NAME_IS_OTHER = 1, /* the display name is another address */
	ADDRESS_QUOTED_NEEDLESSLY,
	ADDRESS_QUOTED_PARTLY, /* quoted string and atoms in one local part */
	ADDRESS_ROUTE,
	ADDRESS_SHORT_DOMAIN,  /* no dot in it */
	ADDRESS_GAP_IN_DOMAIN, /* blank or comment */
	ADDRESS_ANGLE_BLANK,   /* next to < or > on the inside */
	ADDRESS_ANGLE_TIGHT,   /* no blank before < */
	ADDRESS_ISO2022,       /* escape sequence in the local part */
	ADDRESS_LINE_BREAK,    /* folded inside */
	ADDRESS_NAME_BLANK,    /* quotes around nothing */
	/* against the grammar, or over a limit */
	ADDRESS_COMMA_MISSING,
	ADDRESS_DOMAIN_BYTE,
	ADDRESS_DOMAIN_DOT, /* at its end */
	ADDRESS_LITERAL_BLANK,
	ADDRESS_LITERAL_BAD, /* not closed, or with a byte that it may not hold */
	ADDRESS_LOCAL_LONG,  /* over 64 bytes */
	ADDRESS_DOMAIN_LONG, /* over 255 bytes */
	ADDRESS_LAWFUL_LAST = ADDRESS_NAME_BLANK
};

/* Values of FACT_BOUNDARY_FORM. The last two are lawful, but readers differ on them. */
enum boundary_form {
	BOUNDARY_REPEATED = 1, /* a second parameter with another value */
	BOUNDARY_OTHER_CASE,   /* … that differs in case alone */
	BOUNDARY_EXTENDED_DIFFERS,
	BOUNDARY_COMMENT_GLUED, /* a comment that touches the value */
	BOUNDARY_EXTENDED,      /* in a form of RFC 2231 alone */
	BOUNDARY_COMMENT,
};

/* Values of FACT_DELIMITER_ODD. */
enum delimiter_fault {
	DELIMITER_TEXT_BEHIND = 1,
	DELIMITER_CONTROL_BEHIND, /* VT, FF, CR, NUL … */
	DELIMITER_BLANK_BEFORE,   /* not at the start of its line: blanks or control bytes */
	DELIMITER_AFTER_CR,       /* … a CR without LF */
	DELIMITER_AFTER_TEXT,     /* … text */
	DELIMITER_OTHER_CASE,
	DELIMITER_GAP, /* blanks or control bytes behind the two dashes */
};

/* Values of FACT_ENCODING_UNKNOWN. */
enum encoding_name {
	ENCODING_NAME_OTHER,
	ENCODING_NAME_MISSPELT, /* "base-64", "quotedprintable" */
	ENCODING_NAME_YENC,
	ENCODING_NAME_GZIP64,  /* gzip, then base64 */
	ENCODING_NAME_PRIVATE, /* uuencode or BinHex by a name that is read, but not an x- one */
};

/* Values of FACT_ENCODING_FORM, the harmless ones first. */
enum encoding_form {
	ENCODING_ODD_CASE = 1, /* "bASE64" */
	ENCODING_SEMICOLON,    /* "base64;" */
	/* against the grammar, which has one token */
	ENCODING_QUOTED,
	ENCODING_LISTED, /* "base64, 7bit" */
	ENCODING_PARAMETER,
	ENCODING_EXTRA_TEXT,
	ENCODING_HARMLESS_LAST = ENCODING_SEMICOLON
};

/* Values of FACT_BASE64_FORM: the first of each kind in a body is recorded. */
enum base64_form {
	BASE64_SPLIT_GROUP = 1, /* a group of four goes on in the next line */
	BASE64_SHORT_LINES,     /* four lines or more of one or two symbols in a row */
	BASE64_BLANK_LINE,      /* an empty line, and data behind it */
	BASE64_NEEDLESS,        /* text that 7bit could carry as it is */
};

/* Values of FACT_QP_FORM: the first of each kind in a body is recorded. */
enum qp_form {
	QP_LOWER_HEX = 1,
	QP_SOFT_BREAK_BLANK, /* blanks between = and the line end */
	QP_TRAILING_BLANK,   /* blank at a line end */
	QP_ENCODED_CRLF,     /* =0D=0A in a text */
	QP_NEEDLESS,         /* a letter or digit is written =XX, not first in its line */
	QP_MOSTLY,           /* more than half the bytes of the body are written =XX */
};

/* Values of FACT_LABEL_WRONG. */
enum label_fault {
	LABEL_BASE64_IS_TEXT = 1, /* declared base64: most lines are words */
	LABEL_BASE64_IS_UU,       /* … a "begin" line of uuencode */
	LABEL_QP_IS_BASE64,       /* declared quoted-printable: two full lines of base64 on top */
};

/* Values of FACT_DECODED_LINE: the first of each kind in a body is recorded. */
enum decoded_line {
	DECODED_LONG = 1, /* over 998 bytes */
	DECODED_BARE_CR,
	DECODED_BARE_LF,
};

/* Values of FACT_YENC_FAULT. */
enum yenc_fault {
	YENC_NO_END = 1,
	YENC_HEADER,    /* no line=, size= or name= in =ybegin */
	YENC_END_SIZE,  /* =yend tells no size, or another than =ybegin or =ypart */
	YENC_DATA_SIZE, /* another number of bytes than told */
	YENC_CHECKSUM,
};

/* Values of FACT_TNEF_FORM. */
enum tnef_form {
	TNEF_FORM_VERSION = 1, /* another than 1.0 */
	TNEF_FORM_ID,          /* attribute that [MS-OXTNEF] does not know */
	TNEF_FORM_LEVEL,       /* attribute of a message among those of an attachment, or reverse */
	TNEF_FORM_DATE,
	TNEF_FORM_CLASS,
	TNEF_FORM_CODE_PAGE,
	TNEF_FORM_VALUE,      /* priority or rendering data out of range */
	TNEF_FORM_TEXT_OPEN,  /* text without its NUL */
	TNEF_FORM_ATTACHMENT, /* attachment that does not begin with its rendering data */
	TNEF_FORM_END
};

/* Values of FACT_TNEF_RTF ([MS-OXRTFCP] 2.1.3). */
enum rtfcomp_fault {
	RTFCOMP_SOUND,
	RTFCOMP_NO_HEADER, /* fewer than 16 bytes */
	RTFCOMP_SIZE,      /* says that it is longer than it is */
	RTFCOMP_TYPE,      /* neither compressed nor plain */
	RTFCOMP_CRC,
	RTFCOMP_NO_END,   /* runs out before its end mark */
	RTFCOMP_RAW_SIZE, /* unpacks to another size than it says */
	RTFCOMP_FAULTS
};

/* Values of FACT_APPLE_BAD and FACT_TNEF_NOT_MACBINARY. */
enum apple_fault {
	APPLE_SOUND,
	APPLE_NO_HEADER, /* fewer bytes than a header has */
	APPLE_SIGNATURE, /* neither AppleSingle nor AppleDouble */
	APPLE_VERSION,
	APPLE_TABLE,         /* the table of entries runs out */
	APPLE_ENTRY_OUTSIDE, /* an entry lies outside the data */
	APPLE_ENTRY_TWICE,
	MACBINARY_ZEROS, /* a byte that must be zero is not */
	MACBINARY_NAME,  /* length of the name not 1..63 */
	MACBINARY_FORKS, /* forks longer than the data */
	MACBINARY_CRC,
	APPLE_FAULTS
};

/* Values of FACT_UTF7_BAD_SHIFT (RFC 2152). */
enum utf7_fault {
	UTF7_NO_BASE64 = 1, /* '+' before a character that can be no part of a shift */
	UTF7_BITS_LEFT,     /* bits behind the last character that are not zero */
	UTF7_HALF_PAIR,     /* surrogate without its partner */
	UTF7_NOT_CLOSED,    /* the text ends inside the shift */
};

/* Values of FACT_FILE_CUT. */
enum cut_file {
	CUT_ZIP = 1,
	CUT_JPEG,
	CUT_PNG,
	CUT_GIF,
	CUT_PDF,
	CUT_OLE,
	CUT_GZIP,
	CUT_MIDI,
	CUT_RIFF,
	CUT_AIFF,
};

/* Values of FACT_RTF_FORM. */
enum rtf_fault {
	RTF_GROUP_OPEN = 1, /* data end inside a group; offset = the last brace that opened one */
	RTF_WORD_LONG,      /* control word of over 32 letters */
	RTF_NUMBER_LONG,    /* its number has over 10 digits */
	RTF_BINARY_CUT,     /* \bin tells of more bytes than there are */
	RTF_HEX_BAD,        /* \' without two hexadecimal digits */
};

/* Values of FACT_ASN1_FORM. */
enum asn1_fault {
	ASN1_EMPTY = 1,
	ASN1_NO_SEQUENCE,  /* does not begin with a SEQUENCE and a length */
	ASN1_CUT,          /* its length runs past the data */
	ASN1_NOT_CLOSED,   /* indefinite length without an end */
	ASN1_NO_IDENTIFIER /* the first thing inside is no object identifier */
};

/* Values of FACT_REPORT_PRESENT. */
enum report_kind { REPORT_DELIVERY = 1, REPORT_DISPOSITION };

/* Values of FACT_REPORT_FIELD_MISSING and …_MISPLACED. */
enum report_field {
	REPORT_OTHER,
	REPORT_REPORTING_MTA,
	REPORT_OTHER_OF_MESSAGE, /* Arrival-Date and other optional fields of the first group */
	REPORT_FINAL_RECIPIENT,
	REPORT_ACTION,
	REPORT_STATUS,
	REPORT_OTHER_OF_RECIPIENT,
	REPORT_DISPOSITION_FIELD,
	REPORT_RECIPIENT_GROUP, /* no group of a recipient at all */
};

/* Values of FACT_TEAR. */
enum tear {
	TEAR_TO_ENVELOPE = 1, /* the envelope of another spool file begins */
	TEAR_TO_BINARY,       /* text, then control bytes */
	TEAR_FROM_BASE64,     /* base64, then other bytes in the same line */
	TEAR_TO_BASE64,       /* a text, then full lines of base64 */
	TEAR_OUT_OF_STEP,     /* lines of base64 begin elsewhere until a later border */
	TEAR_HEADER_TO_TEXT,  /* the header goes on with lines that are no fields */
	TEAR_TEXT_TO_HEADER,  /* a sector of header lines in a text */
	TEAR_KINDS
};

#endif
