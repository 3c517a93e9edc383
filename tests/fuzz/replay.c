/*
 * replay.c - a fuzz target on files that once broke it, without libFuzzer: `make test` runs each.
 *
 *     fuzz_NAME FILE...
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST ((size_t)4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In a block of exactly its length, so that a sanitizer sees where it ends. */
static int
replay(const char *name)
{
	const char *slash = strrchr(name, '/');
	uint8_t *buffer = malloc(MOST), *bytes;
	FILE *file = fopen(name, "rb");
	size_t len;

	if (!buffer || !file) {
		printf("not ok - cannot read %s\n", name);
		return 1;
	}
	len = fread(buffer, 1, MOST, file);
	fclose(file);
	bytes = malloc(len ? len : 1);
	if (!bytes)
		abort();
	memcpy(bytes, buffer, len);
	free(buffer);
	(void)LLVMFuzzerTestOneInput(bytes, len);
	free(bytes);
	printf("ok - %s\n", slash ? slash + 1 : name);
	return 0;
}

int
main(int argc, char **argv)
{
	int bad = 0;

	for (int i = 1; i < argc; i++)
		bad |= replay(argv[i]);
	return bad;
}
