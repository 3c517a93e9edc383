/*
 * message.h - the one model of a spool file: envelope, lines, fields, addresses, parts, facts.
 *
 * For parsers (who fill it) and rules (who read it); the worker owns it. Never for reports or the
 * command line. Every slice points into the file's bytes or into the message's arena; nothing is
 * freed one by one. A slice of the file has a place: message_offset() gives it.
 * Code of the helpers: src/base/message.c.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_MESSAGE_H
#define IMC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "facts.h"
#include "folder.h"
#include "limits_set.h"
#include "slice.h"

#define MESSAGE_FIELDS_MAX MOST_FIELDS
#define MESSAGE_PARTS_MAX MOST_PARTS
#define MESSAGE_DEPTH_MAX MOST_DEPTH
#define DIFFERENCES_KEPT 16u         /* between GMime's reading and ours */
#define MESSAGE_ADDRESSES_MAX 50000u /* header addresses kept */

/* The bytes before the mail: the binary prologue of the spool, or pickup lines. */
enum envelope_kind { ENVELOPE_NONE, ENVELOPE_SPOOL, ENVELOPE_PICKUP };

/* What that prologue says; slices into the file, the list in the arena. */
struct envelope {
	enum envelope_kind kind;
	struct slice whole; /* from the first byte of the file up to the text */
	bool length_agrees; /* the first DWORD is the text's offset, give or take 4 */
	bool has_mail_from; /* false: no path found; `<>` is true with an empty mail_from */
	bool has_filetime;
	uint64_t filetime;      /* 100 ns since 1601, local time of the server */
	size_t filetime_at;     /* its offset in the file */
	struct slice mail_from; /* without the angle brackets */
	struct slice *rcpt_to;  /* n_rcpt_to paths without brackets, in order */
	size_t n_rcpt_to;
	struct slice mts_id; /* c=…;a=…;p=…;l=… up to and with the spool name */
};

/* Line and byte counts of the whole file, envelope not counted. */
struct lines {
	struct slice text; /* the mail: after the envelope, without terminator and NUL tail */
	uint64_t n_lines, n_crlf, n_bare_lf, n_bare_cr, n_nul, n_8bit,
	    n_control;    /* control: not HT CR LF */
	uint64_t longest; /* bytes of the longest line, line end not counted */
	uint64_t longest_offset;
	/* LF count before each 4 KB block of the file, for message_line() */
	const uint32_t *block_lines;
	size_t n_blocks;
};

/* Header fields that parsers or rules ask for by name. */
enum field_id {
	FIELD_OTHER,
	FIELD_FROM,
	FIELD_SENDER,
	FIELD_REPLY_TO,
	FIELD_TO,
	FIELD_CC,
	FIELD_BCC,
	FIELD_SUBJECT,
	FIELD_DATE,
	FIELD_MESSAGE_ID,
	FIELD_IN_REPLY_TO,
	FIELD_REFERENCES,
	FIELD_RECEIVED,
	FIELD_RETURN_PATH,
	FIELD_MIME_VERSION,
	FIELD_CONTENT_TYPE,
	FIELD_CONTENT_TRANSFER_ENCODING,
	FIELD_CONTENT_DISPOSITION,
	FIELD_CONTENT_ID,
	FIELD_CONTENT_DESCRIPTION,
	FIELD_RESENT_FROM,
	FIELD_RESENT_SENDER,
	FIELD_RESENT_TO,
	FIELD_RESENT_CC,
	FIELD_RESENT_BCC,
	FIELD_RESENT_DATE,
	FIELD_RESENT_MESSAGE_ID,
	FIELD_X_MAILER,
	FIELD_X_MS_TNEF_CORRELATOR,
	FIELD_ENCODING,
	FIELD_X_SENDER,
	FIELD_X_RECEIVER,
	FIELD_ID_COUNT
};

/* One header field, of the message or of a part. */
struct field {
	enum field_id id;
	int part;           /* the part whose header block holds it */
	struct slice whole; /* name, colon, value, folding; without the last line end */
	struct slice name;  /* without blanks before the colon */
	struct slice value; /* after the colon, folding kept, not trimmed; points into the file */
	/* unfolded and trimmed: into the file when it has no folding, else arena */
	struct slice text;
};

/* One parameter of a typed_value. */
struct param {
	struct slice whole; /* name=value as it stands */
	struct slice name;
	struct slice value; /* without the quotes, escapes kept; into the file */
	bool quoted;
	bool has_equals;
};

/* A Content-Type or Content-Disposition value, read leniently; all slices into the file. */
struct typed_value {
	int field;            /* index into fields, -1 when the part has no such field */
	struct slice type;    /* "text", or the disposition; may be empty */
	struct slice subtype; /* may be empty */
	struct param *params;
	size_t n_params;
};

/* Content-Transfer-Encoding; NONE: no such field, UNKNOWN: a name that is none of these. */
enum encoding {
	ENCODING_NONE,
	ENCODING_7BIT,
	ENCODING_8BIT,
	ENCODING_BINARY,
	ENCODING_QP,
	ENCODING_BASE64,
	ENCODING_UUENCODE,
	ENCODING_BINHEX,
	ENCODING_UNKNOWN
};

/* What the first bytes of a decoded body are. */
enum filetype {
	FILETYPE_UNKNOWN,
	FILETYPE_EMPTY,
	FILETYPE_TEXT,
	FILETYPE_HTML,
	FILETYPE_RTF,
	FILETYPE_EXE,
	FILETYPE_ZIP,
	FILETYPE_OLE,
	FILETYPE_PDF,
	FILETYPE_GIF,
	FILETYPE_JPEG,
	FILETYPE_PNG,
	FILETYPE_BMP,
	FILETYPE_TNEF,
	FILETYPE_BINHEX,
	FILETYPE_APPLE,
	FILETYPE_PS,
	FILETYPE_AUDIO,
	FILETYPE_VIDEO,
	FILETYPE_ARCHIVE,
	FILETYPE_MAIL,
	FILETYPE_OTHER,
	FILETYPE_COUNT
};

/* How a part is read: MESSAGE is message/rfc822 (or news), with a whole message inside. */
enum part_kind { PART_LEAF, PART_MULTIPART, PART_MESSAGE };

/* A place known in both: decoded byte `decoded` begins at byte `encoded` of the part's body. */
struct body_mark {
	uint32_t decoded, encoded;
};

/* One MIME part; parts[0] is the message itself. Index order is document order, parents first. */
struct part {
	enum part_kind kind;
	int parent, first_child, next_sibling; /* -1: none */
	unsigned depth;                        /* 0 for the root */
	unsigned message_depth;                /* message/rfc822 ancestors */
	char path[32];                /* "1", "1.2", … as in IMAP; cut with "…" when longer */
	size_t first_field, n_fields; /* its header block in message.fields */
	struct slice header;          /* bytes of the header block, without the empty line */
	struct slice body;            /* encoded body, without the line end before the delimiter */
	struct slice preamble, epilogue; /* multipart only */
	struct slice boundary;           /* multipart only: parameter value, into the file */
	struct slice boundary_text;      /* the same as delimiter lines show it: decoded, trimmed */
	/* Content-Type; field -1: default text/plain (or message/rfc822) */
	struct typed_value type;
	struct typed_value disposition;
	enum encoding encoding;
	bool has_encoding;    /* Content-Transfer-Encoding was there */
	bool digest_default;  /* without Content-Type inside multipart/digest */
	bool closed;          /* multipart: closing delimiter seen */
	struct slice charset; /* charset parameter, trimmed and decoded; empty when absent */
	bool has_charset;
	struct slice
	    file_name; /* filename= of the disposition, else name= of the type: its bytes */
	bool has_file_name;
	struct slice decoded; /* leaf: body after transfer decoding; into the file when identity */
	bool decoded_is_body; /* decoded is a slice of the file: offsets map one to one */
	enum filetype filetype; /* of the decoded head */
	/* rising, for part_file_offset(); NULL when decoded_is_body */
	const struct body_mark *marks;
	size_t n_marks;
	struct slice file_text;  /* file_name as UTF-8, encoded words and percent codes decoded */
	struct slice name_place; /* the parameter of file_name, or the first of its sections */
	struct slice charset_place; /* the same of charset */
};

/* A leaf part as GMime, the second reader, sees it: its encoded content in the file. */
struct gmime_leaf {
	uint64_t begin,
	    end;      /* bytes from the start of the file; OFFSET_NONE when GMime does not tell */
	bool is_part; /* GMime knows it for a part: what follows is told */
	struct slice type;      /* "text/plain"; this and the name in the arena */
	enum encoding encoding; /* NONE: none that GMime knows */
	struct slice file_name; /* decoded; data NULL: none */
};

/* What two readings may differ in; values of FACT_GMIME_DIFFERS are places in the list below. */
enum aspect { ASPECT_TYPE, ASPECT_ENCODING, ASPECT_FILE_NAME, ASPECT_BOUNDARY, ASPECT_COUNT };

/* One part of ours that GMime reads in another way. Without a text: there is none. */
struct gmime_difference {
	int part;
	enum aspect aspect;
	struct slice ours, theirs;
};

/* One mailbox of an address field, read leniently; as it stands in the file. */
struct address {
	int field;          /* index into fields */
	struct slice whole; /* the list element as it stands */
	/* display name or comment, quotes and brackets removed; may be empty */
	struct slice display;
	struct slice local, domain; /* of the addr-spec; may be empty */
	bool in_group;
};

/* Everything the parsers made of one file. */
struct message {
	struct slice file;  /* all bytes we parse (at most the first 256 MiB) */
	uint64_t file_size; /* bytes on disk */
	bool partial;       /* file is longer than what we parse */
	enum folder folder;
	enum direction direction;
	struct envelope envelope;
	struct lines lines;
	struct field *fields;
	size_t n_fields;
	struct part *parts;
	size_t n_parts;
	struct address *addresses;
	size_t n_addresses;
	const struct gmime_leaf *gmime_leaves; /* in document order; NULL when GMime read nothing */
	size_t n_gmime_leaves;
	const struct slice *gmime_boundaries; /* of its multiparts, in document order */
	size_t n_gmime_boundaries;
	struct gmime_difference gmime_differences[DIFFERENCES_KEPT]; /* the first ones */
	size_t n_gmime_differences;
	bool gmime_misread; /* it took a lawful comment into a boundary: no parts of it count */
	struct fact *facts; /* in order of recording */
	size_t n_facts;
	size_t facts_room;
	uint32_t facts_seen[FACT_COUNT];                /* how often each was met, kept or not */
	size_t fields_room, parts_room, addresses_room; /* for the parsers alone */
	size_t n_params;                                /* parameters kept, all fields together */
	bool has_received;
	int64_t received;         /* seconds since 1970 UTC, of the topmost dated Received field */
	struct limits_set limits; /* what the user allows; 0: the most there is room for */
};

/* How many parts, levels below the root, and fields are kept. */
uint32_t message_most_parts(const struct message *msg);
uint32_t message_most_depth(const struct message *msg);
uint32_t message_most_fields(const struct message *msg);

/* Offset of s in the file (bytes), or OFFSET_NONE when s is not a slice of it. */
uint64_t message_offset(const struct message *msg, struct slice s);

/* Line number (from 1, LF ends a line) of a file offset; 0 for OFFSET_NONE. */
uint32_t message_line(const struct message *msg, uint64_t offset);

/* Record a fact; beyond FACTS_KEPT of a kind only the count grows. part/field -1: none. */
void message_fact(struct message *msg, struct arena *arena, struct fact fact);

/* The same for a slice of the file: offset and len are its own. */
void message_fact_at(struct message *msg, struct arena *arena, enum fact_kind kind, int part,
    int field, struct slice where, uint64_t value);

/* Next kept fact of the kind after `after` (NULL: the first), or NULL. */
const struct fact *message_next_fact(
    const struct message *msg, enum fact_kind kind, const struct fact *after);

/* Next field of that id in the part's header block after `after` (NULL: the first), or NULL. */
const struct field *message_field(
    const struct message *msg, int part, enum field_id id, const struct field *after);

/* The parameter of that name (ASCII case ignored), or NULL. */
const struct param *typed_value_param(const struct typed_value *value, const char *name);

/* Whether the part's type is type/subtype; subtype NULL matches any. Defaults (text/plain,
 * message/rfc822 in a digest) count. */
bool part_is(const struct part *part, const char *type, const char *subtype);

/* Whether the part has a file name or the disposition "attachment". */
bool part_is_attachment(const struct part *part);

/* Whether the part is labelled as data of PKCS #7: signed, enveloped, or a signature. */
bool part_is_pkcs7(const struct part *part);

/* The part whose header is that of the message around the part: 0, or the child of a message. */
int message_around(const struct message *msg, int part);

/* Whether the name is one of a double-byte charset of Q282796, ISO-2022 and HZ among them; case and
 * punctuation are ignored. Code: parsers/body/charset_names.c. */
bool charset_name_is_dbcs(struct slice name);

/* What is known of a charset name. */
enum charset_trait {
	CHARSET_KNOWN = 1u,
	CHARSET_WESTERN = 2u, /* US-ASCII, ISO 8859-1 and -15, Windows-1252 */
	CHARSET_UNICODE = 4u, /* in any of its encodings */
	CHARSET_UTF16 = 8u,
	CHARSET_7BIT = 16u,
	CHARSET_JAPANESE_7BIT = 32u,
	CHARSET_MACINTOSH = 64u, /* that of the Western Macintosh */
	CHARSET_PERIOD = 128u    /* Windows of 1998 had a code page for it */
};

/* Its traits, bits of enum charset_trait; 0: unknown. Code: parsers/body/charset_traits.c. */
unsigned charset_name_traits(struct slice name);

/* The same of the charset that the part declares; 0: none, or unknown. */
unsigned part_charset_traits(const struct part *part);

/* File offset of byte `pos` of part->decoded: exact for identity encodings and base64,
 * quoted-printable and uuencode bodies (found by walking the encoded text again, linear).
 * OFFSET_NONE otherwise. */
uint64_t part_file_offset(const struct message *msg, const struct part *part, size_t pos);

#endif
