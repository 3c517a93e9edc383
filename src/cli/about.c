/* about.c - which program, libraries and host this is. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli/about.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "cli/values.h"
#include "report/escape.h"
#include "worker/libraries.h"

#define LAST_SECOND 253402300799 /* of the year 9999 */

/* Text that must outlive the call; each is written once, by about_fill(). */
struct about_text {
	char host[65], os[200], magic_sha256[65];
};

static void
hash_file(FILE *file, char hex[65])
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();
	unsigned char buffer[16384], sum[EVP_MAX_MD_SIZE];
	bool good = digest && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
	size_t n;

	while (good && (n = fread(buffer, 1, sizeof buffer, file)) > 0)
		good = EVP_DigestUpdate(digest, buffer, n) == 1;
	good = good && !ferror(file) && EVP_DigestFinal_ex(digest, sum, NULL) == 1;
	if (good)
		escape_hex(slice_of(sum, 32), hex);
	EVP_MD_CTX_free(digest);
}

/* "" when it cannot be read: the report then says nothing rather than something wrong. */
static void
hash_path(const char *path, char hex[65])
{
	FILE *file = *path ? fopen(path, "re") : NULL;

	hex[0] = '\0';
	if (!file)
		return;
	hash_file(file, hex);
	fclose(file);
}

static void
name_host(struct about_text *text)
{
	struct utsname name;

	if (uname(&name) != 0)
		return;
	snprintf(text->host, sizeof text->host, "%s", name.nodename);
	snprintf(text->os, sizeof text->os, "%s %s %s", name.sysname, name.release, name.machine);
}

void
about_fill(struct run_info *run)
{
	static struct about_text text;
	struct libraries libraries;

	(void)libraries_name(&libraries);
	name_host(&text);
	hash_path(libraries.magic_path, text.magic_sha256);
	run->version = IMCSCAN_VERSION;
	run->gmime = libraries.gmime;
	run->glib = libraries.glib;
	run->libmagic = libraries.libmagic;
	run->openssl = OpenSSL_version(OPENSSL_VERSION_STRING);
	run->jansson = jansson_version_str();
	run->seccomp = libraries.seccomp;
	run->magic_sha256 = text.magic_sha256;
	run->host = text.host;
	run->os = text.os;
}

int64_t
about_now(void)
{
	const char *set = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (set && value_number(set, 0, LAST_SECOND, &seconds))
		return (int64_t)seconds;
	return (int64_t)time(NULL);
}

int
about_print(void)
{
	struct run_info run = { 0 };

	about_fill(&run);
	printf("imcscan %s\n", run.version);
	printf("GMime %s, GLib %s, libmagic %s (database %.16s), "
	       "OpenSSL %s, Jansson %s, libseccomp %s\n",
	    run.gmime, run.glib, run.libmagic, run.magic_sha256, run.openssl, run.jansson,
	    run.seccomp);
	return say_written(EXIT_QUIET);
}
