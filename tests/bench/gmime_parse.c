/*
 * gmime_parse.c - what a bare reading with GMime costs: the measure that scans are held against.
 *
 *     gmime_parse DIR|FILE...
 *
 * Each file is read into one buffer, its binary envelope is stepped over by the length in its first
 * bytes, and GMime parses the rest with a warning callback; the value of every field of every part
 * is asked for. Nothing is decoded, nothing hashed. Prints how many files, bytes, fields and
 * warnings there were, so that no compiler leaves anything out.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <gmime/gmime.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct counts {
	uint64_t files, bytes, fields, warnings;
};

/* nftw() has no argument of the caller's, so what it counts stands here. */
static struct counts counts;
static GByteArray *buffer;

static void
on_warning(gint64 offset, GMimeParserWarning code, const gchar *item, gpointer data)
{
	(void)offset;
	(void)code;
	(void)item;
	(void)data;
	counts.warnings++;
}

static void
read_fields(GMimeObject *object)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(object);
	int n = g_mime_header_list_get_count(headers);

	for (int i = 0; i < n; i++)
		counts.fields +=
		    g_mime_header_get_value(g_mime_header_list_get_header_at(headers, i)) != NULL;
}

static void
read_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	(void)parent;
	(void)data;
	read_fields(part);
}

/* An envelope begins with the length of itself, then "ImCr". */
static size_t
envelope_len(const unsigned char *data, size_t len)
{
	uint32_t length;

	if (len < 8 || memcmp(data + 4, "ImCr", 4) != 0)
		return 0;
	memcpy(&length, data, sizeof length);
	return length <= len ? length : 0;
}

static void
parse(unsigned char *data, size_t len)
{
	GByteArray text = { .data = data, .len = (guint)len };
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeParserOptions *options = g_mime_parser_options_new();
	GMimeParser *parser;
	GMimeMessage *message;

	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), &text);
	g_mime_parser_options_set_warning_callback(options, on_warning, NULL);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	message = g_mime_parser_construct_message(parser, options);
	if (message) {
		read_fields(GMIME_OBJECT(message));
		g_mime_message_foreach(message, read_part, NULL);
		g_object_unref(message);
	}
	g_mime_parser_options_free(options);
	g_object_unref(parser);
	g_object_unref(stream);
}

static void
read_file(const char *path, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t got;

	if (fd < 0)
		err(2, "%s", path);
	g_byte_array_set_size(buffer, (guint)size + 1);
	while (used < size && (got = read(fd, buffer->data + used, size - used)) > 0)
		used += (size_t)got;
	close(fd);
	counts.files++;
	counts.bytes += used;
	const size_t start = envelope_len(buffer->data, used);
	parse(buffer->data + start, used - start);
}

static int
visit(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)walk;
	if (type == FTW_F && status->st_size > 0)
		read_file(path, (size_t)status->st_size);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: gmime_parse DIR|FILE...");
	g_mime_init();
	buffer = g_byte_array_new();
	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], visit, 32, FTW_PHYS))
			err(2, "%s", argv[i]);
	g_byte_array_free(buffer, TRUE);
	printf("%ju files, %ju bytes, %ju fields, %ju warnings\n", (uintmax_t)counts.files,
	    (uintmax_t)counts.bytes, (uintmax_t)counts.fields, (uintmax_t)counts.warnings);
	return 0;
}
