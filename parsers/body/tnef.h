/*
 * tnef.h - what the files of the TNEF parser share: attributes, their values, property lists.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TNEF_H
#define IMC_TNEF_H

#include "cursor.h"
#include "message.h"

#define TNEF_DEPTH_MAX 10u /* messages embedded in each other that are walked */

/* Attribute ids that more than one file asks for ([MS-OXTNEF] 2.1.3.2); the high word is a type. */
enum {
	ATT_ATTACH_DATA = 0x0006800f,
	ATT_RENDER_DATA = 0x00069002,
	ATT_MAPI_PROPS = 0x00069003,
	ATT_RECIPIENTS = 0x00069004,
	ATT_ATTACHMENT = 0x00069005,
	ATT_OEM_CODEPAGE = 0x00069007,
	ATT_VERSION = 0x00089006
};

/* Attribute types, the high word of the id ([MS-OXTNEF] 2.1.3.3). */
enum att_type {
	ATT_TRIPLES,
	ATT_STRING,
	ATT_TEXT,
	ATT_DATE,
	ATT_SHORT,
	ATT_LONG,
	ATT_BYTE,
	ATT_WORD,
	ATT_DWORD
};

/* Property types; those of several values have 0x1000 besides. */
enum prop_type {
	PROP_NULL = 0x0001,
	PROP_SHORT = 0x0002,
	PROP_LONG = 0x0003,
	PROP_FLOAT = 0x0004,
	PROP_DOUBLE = 0x0005,
	PROP_CURRENCY = 0x0006,
	PROP_APPTIME = 0x0007,
	PROP_ERROR = 0x000a,
	PROP_BOOLEAN = 0x000b,
	PROP_OBJECT = 0x000d,
	PROP_INT64 = 0x0014,
	PROP_STRING8 = 0x001e,
	PROP_UNICODE = 0x001f,
	PROP_SYSTIME = 0x0040,
	PROP_GUID = 0x0048,
	PROP_BINARY = 0x0102
};

/* One attribute; all places are places in the decoded bytes of the part. */
struct tnef_attribute {
	uint32_t id, len;
	unsigned level; /* 1 message, 2 attachment */
	size_t at;      /* of the level byte */
	size_t data;    /* of the data */
};

/* A stream inside the part: the whole of it, or a message embedded in another one. */
struct tnef_stream {
	size_t pos, len;
	unsigned depth; /* 0 the whole */
};

/* What has been seen of the attachment in hand. */
struct tnef_attachment {
	bool begun, is_macbinary, has_data;
	size_t data, data_len;
};

/* The streams of one part that are walked, one after the other. */
struct tnef {
	struct message *msg;
	struct arena *arena;
	int part;
	const struct part *view; /* the part, or a copy of it that stands for a block inside */
	struct cursor in;        /* over the decoded bytes of view, up to the end of this stream */
	size_t start;            /* of this stream */
	unsigned depth;          /* of this stream */
	struct tnef_attachment attachment;
	bool has_key; /* the key has been compared: one a part, each costs a look at all fields */
	struct tnef_stream *streams; /* found so far, still to be walked or done */
	size_t n_streams, streams_room;
};

/* Record a fact about bytes pos..pos+len of the decoded bytes. */
void tnef_fact(struct tnef *tnef, enum fact_kind kind, size_t pos, size_t len, uint64_t value);

/* Walk the stream that view->decoded is, and those in it; facts go to the part. */
void tnef_walk(struct message *msg, struct arena *arena, int part, const struct part *view);

/* tnef_values.c: what stands in an attribute that is no list of properties. */
void tnef_check_value(struct tnef *tnef, const struct tnef_attribute *att);

/* tnef_props.c: the property list of `len` bytes at pos ([MS-OXTNEF] 2.1.3.4), or, in the recipient
 * table, its rows of such lists (2.1.3.5). */
void tnef_check_props(struct tnef *tnef, size_t pos, size_t len);
void tnef_check_recipients(struct tnef *tnef, size_t pos, size_t len);

/* Bytes a value of the type takes, padding included; 0: variable; SLICE_NONE: no such type. */
size_t tnef_value_size(unsigned type);

/* tnef_known.c: one value of a property with a meaning of its own, `len` bytes at pos. */
void tnef_check_known(struct tnef *tnef, uint32_t tag, size_t pos, size_t len);

/* The attachment in hand is complete. */
void tnef_end_attachment(struct tnef *tnef);

#endif
