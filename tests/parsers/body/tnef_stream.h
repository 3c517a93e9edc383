/*
 * tnef_stream.h - for tests of the TNEF parser: a message whose binary body is a stream under
 * construction.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_TNEF_STREAM_H
#define IMC_TEST_TNEF_STREAM_H

#include "parsers/sample.h"

#define SIGNATURE 0x223e9f78u
#define VERSION 0x00089006u
#define CODEPAGE 0x00069007u
#define CLASS 0x00078008u
#define SUBJECT 0x00018004u
#define DATE_SENT 0x00038005u
#define MAPI_PROPS 0x00069003u
#define RECIPIENTS 0x00069004u

/* A message under construction: a header, then the stream as a binary body. */
struct stream {
	unsigned char bytes[4096];
	size_t len, start; /* start: of the stream */
};

static inline void
put(struct stream *stream, const void *bytes, size_t len)
{
	assert_true(len <= sizeof stream->bytes - stream->len);
	memcpy(stream->bytes + stream->len, bytes, len);
	stream->len += len;
}

static inline void
put_number(struct stream *stream, uint64_t value, size_t len)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < len; i++)
		bytes[i] = (unsigned char)(value >> (8 * i));
	put(stream, bytes, len);
}

static inline void
begin_labelled(struct stream *stream, const char *head)
{
	memset(stream, 0, sizeof *stream);
	put(stream, head, strlen(head));
	stream->start = stream->len;
	put_number(stream, SIGNATURE, 4);
	put_number(stream, 0x1234, 2);
}

static inline void
begin(struct stream *stream)
{
	begin_labelled(stream, "Content-Type: application/ms-tnef\r\n"
			       "Content-Transfer-Encoding: binary\r\n\r\n");
}

static inline void
put_attribute(struct stream *stream, unsigned level, uint32_t id, const void *data, size_t len)
{
	const unsigned char *bytes = data;
	uint64_t sum = 0;

	put_number(stream, level, 1);
	put_number(stream, id, 4);
	put_number(stream, len, 4);
	put(stream, data, len);
	for (size_t i = 0; i < len; i++)
		sum += bytes[i];
	put_number(stream, sum & 0xffff, 2);
}

static inline void
put_start(struct stream *stream)
{
	begin(stream);
	put_attribute(stream, 1, VERSION, "\0\0\1\0", 4);
	put_attribute(stream, 1, CODEPAGE, "\xe4\4\0\0\0\0\0\0", 8);
	put_attribute(stream, 1, CLASS, "IPM.Microsoft Mail.Note", 24);
}

#endif
