/* mkspool.c - makes copied Imcdata trees with a key, for evaluation, benchmarks and the demo. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists.h"
#include "scenario.h"

static const char usage_text[] =
    "usage: mkspool [options] --out=DIR\n"
    "Writes DIR/Imcdata, a made-up copy of an Exchange spool tree, and DIR/truth.tsv, its key:\n"
    "path, kind (clean, odd, trigger, damage), name, variant, documented causes.\n"
    "DIR must not exist or be empty. The same options give the same bytes on every machine.\n\n"
    "  --seed=N                  another tree of the same kind (default 1)\n"
    "  --count=N                 background messages (default 500; \"all\" with --background)\n"
    "  --odd=PERCENT             share of odd but harmless ones among them (default 5)\n"
    "  --direction=in|out|both   where the background lies (default both, in turns)\n"
    "  --main-folders            nothing in Temp and Archive\n"
    "  --mean-size=KB            about the mean size of a message (default 35)\n"
    "  --small                   short texts and files: a message of 4 KB in the mean\n"
    "  --background=DIR          wrap the real mail below DIR instead of making it up\n"
    "  --trigger=NAME[:VARIANT]  add one message that a documented fault would hurt\n"
    "  --damage=NAME[:VARIANT]   add one damaged file\n"
    "                            both repeatable; VARIANT is a number from 1, or all (default 1);\n"
    "                            NAME may be all\n"
    "  --odd-kind=NAME[:VARIANT] add one odd but harmless message\n"
    "  --in-terminator=yes|no    do files of In end with a dot line? (default no)\n"
    "  --lf-only                 line ends as after a transfer in ASCII mode\n"
    "  --no-envelope             files without ImCr ... EwLs\n"
    "  --one-sender=PERCENT      share of the background that one address has sent\n"
    "  --scenario=NAME           --count messages and the logs around a culprit that is ordinary;\n"
    "                            DIR/scenario.tsv says what they say (tests/mkspool/scenario.h)\n"
    "  --demo                    the demo tree; all else but --out is then fixed, and DIR\n"
    "                            may hold other things, but no Imcdata and no truth.tsv\n"
    "  --list-triggers, --list-damage, --list-odd, --list-scenarios, --help\n";

enum option_id {
	O_SEED = 256,
	O_COUNT,
	O_ODD,
	O_DIRECTION,
	O_MAIN,
	O_MEAN,
	O_SMALL,
	O_BACKGROUND,
	O_TRIGGER,
	O_DAMAGE,
	O_ODD_KIND,
	O_IN_TERMINATOR,
	O_LF_ONLY,
	O_NO_ENVELOPE,
	O_ONE_SENDER,
	O_SCENARIO,
	O_DEMO,
	O_LIST_TRIGGERS,
	O_LIST_DAMAGE,
	O_LIST_ODD,
	O_LIST_SCENARIOS,
	O_OUT,
	O_HELP
};

static const struct option long_options[] = {
	{ "seed", required_argument, NULL, O_SEED },
	{ "count", required_argument, NULL, O_COUNT },
	{ "odd", required_argument, NULL, O_ODD },
	{ "direction", required_argument, NULL, O_DIRECTION },
	{ "main-folders", no_argument, NULL, O_MAIN },
	{ "mean-size", required_argument, NULL, O_MEAN },
	{ "small", no_argument, NULL, O_SMALL },
	{ "background", required_argument, NULL, O_BACKGROUND },
	{ "trigger", required_argument, NULL, O_TRIGGER },
	{ "damage", required_argument, NULL, O_DAMAGE },
	{ "odd-kind", required_argument, NULL, O_ODD_KIND },
	{ "in-terminator", required_argument, NULL, O_IN_TERMINATOR },
	{ "lf-only", no_argument, NULL, O_LF_ONLY },
	{ "no-envelope", no_argument, NULL, O_NO_ENVELOPE },
	{ "one-sender", required_argument, NULL, O_ONE_SENDER },
	{ "scenario", required_argument, NULL, O_SCENARIO },
	{ "demo", no_argument, NULL, O_DEMO },
	{ "list-triggers", no_argument, NULL, O_LIST_TRIGGERS },
	{ "list-damage", no_argument, NULL, O_LIST_DAMAGE },
	{ "list-odd", no_argument, NULL, O_LIST_ODD },
	{ "list-scenarios", no_argument, NULL, O_LIST_SCENARIOS },
	{ "out", required_argument, NULL, O_OUT },
	{ "help", no_argument, NULL, O_HELP },
	{ NULL, 0, NULL, 0 },
};

/* A culprit asked for; variant 0 means all of them. */
struct wish {
	int kind; /* O_TRIGGER, O_DAMAGE or O_ODD_KIND */
	const char *name;
	unsigned variant;
};

enum { MAX_WISHES = 200 };

struct request {
	struct tree tree;
	unsigned count, odd;
	bool all, demo, in, out;
	const char *background;
	const struct scenario *scenario;
	struct wish wishes[MAX_WISHES];
	unsigned n_wishes;
};

static unsigned long
number(const char *text, unsigned long low, unsigned long high)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (!*text || *end || *text == '-' || value < low || value > high)
		errx(2, "%s: not a number from %lu to %lu", text, low, high);
	return value;
}

static void
wish(struct request *request, int kind, char *text)
{
	struct wish *made = &request->wishes[request->n_wishes];
	char *colon = strchr(text, ':');

	if (request->n_wishes++ == MAX_WISHES)
		errx(2, "more than %d culprits", MAX_WISHES);
	*made = (struct wish){ kind, text, 1 };
	if (!colon)
		return;
	*colon = '\0';
	made->variant = strcmp(colon + 1, "all") ? (unsigned)number(colon + 1, 1, 1000) : 0;
}

static bool
yes(const char *text)
{
	if (strcmp(text, "yes") && strcmp(text, "no"))
		errx(2, "%s: neither yes nor no", text);
	return !strcmp(text, "yes");
}

static void
direction(struct request *request, const char *text)
{
	request->in = strcmp(text, "out");
	request->out = strcmp(text, "in");
	if (request->in && request->out && strcmp(text, "both"))
		errx(2, "%s: not in, out or both", text);
}

/* What is listed or told instead of made; does not return then. */
static void
take_question(int id)
{
	switch (id) {
	case O_LIST_TRIGGERS:
		exit(lists_odd_or_triggers(false));
	case O_LIST_ODD:
		exit(lists_odd_or_triggers(true));
	case O_LIST_DAMAGE:
		exit(lists_damage());
	case O_LIST_SCENARIOS:
		exit(lists_scenarios());
	case O_HELP:
		fputs(usage_text, stdout);
		exit(0);
	default:
		fputs(usage_text, stderr);
		exit(2);
	}
}

static void
take_option(struct request *request, int id, char *value)
{
	struct tree *tree = &request->tree;

	switch (id) {
	case O_SEED:
		tree->seed = number(value, 0, 1000000000);
		break;
	case O_COUNT:
		request->all = !strcmp(value, "all");
		request->count = request->all ? 0 : (unsigned)number(value, 0, 500000);
		break;
	case O_ODD:
		request->odd = (unsigned)number(value, 0, 100);
		break;
	case O_DIRECTION:
		direction(request, value);
		break;
	case O_MAIN:
		tree->main_folders = true;
		break;
	case O_MEAN:
		tree->big_max = number(value, 1, 1000) * 22 * 1024;
		break;
	case O_SMALL:
		tree->text_max = 1000;
		tree->big_max = 2600;
		break;
	case O_BACKGROUND:
		request->background = value;
		break;
	case O_TRIGGER:
	case O_DAMAGE:
	case O_ODD_KIND:
		wish(request, id, value);
		break;
	case O_IN_TERMINATOR:
		tree->look.in_terminator = yes(value);
		break;
	case O_LF_ONLY:
		tree->look.lf_only = true;
		break;
	case O_NO_ENVELOPE:
		tree->look.no_envelope = true;
		break;
	case O_ONE_SENDER:
		tree->one_sender = (unsigned)number(value, 0, 100);
		break;
	case O_SCENARIO:
		request->scenario = scenario_named(value);
		if (!request->scenario)
			errx(2, "%s: no such scenario; see --list-scenarios", value);
		break;
	case O_DEMO:
		request->demo = tree->beside = true;
		break;
	case O_OUT:
		tree->out = value;
		break;
	default:
		take_question(id);
	}
}

static void
make_background(struct request *request)
{
	struct tree *tree = &request->tree;
	struct recipe_list odd = odd_list();
	bool both = request->in && request->out;
	enum way way = request->in ? WAY_IN : WAY_OUT;
	unsigned n_odd = 0;

	if (request->background) {
		tree_background(tree, request->background, request->count, request->odd, way, both);
		return;
	}
	for (unsigned i = 0; i < request->count; i++) {
		enum way here = both ? (i % 2 ? WAY_OUT : WAY_IN) : way;

		if ((unsigned long)(i + 1) * request->odd / 100 > n_odd) {
			here = both ? (n_odd % 3 ? WAY_IN : WAY_OUT) : way;
			tree_recipe(tree, &odd.rows[n_odd % odd.n], "odd", n_odd / odd.n + 1, i,
			    here, N_FOLDERS);
			n_odd++;
		} else {
			tree_recipe(tree, NULL, "clean", 1, i, here, N_FOLDERS);
		}
	}
}

static void
grant_recipe(struct tree *tree, const struct wish *wish, const struct recipe *row)
{
	const char *kind = wish->kind == O_TRIGGER ? "trigger" : "odd";
	enum folder folder = row->way == WAY_IN ? FOLDER_IN : FOLDER_OUT;

	for (unsigned v = 1; v <= row->n_variants; v++)
		if (!wish->variant || v == wish->variant)
			tree_recipe(tree, row, kind, v, v, row->way, folder);
}

/* One in four lies in Out. */
static void
grant_damage(struct tree *tree, const struct wish *wish, const struct damage *row)
{
	for (unsigned v = 1; v <= row->n_variants; v++)
		if (!wish->variant || v == wish->variant)
			tree_damage(
			    tree, row, v, v % 4 ? WAY_IN : WAY_OUT, v % 4 ? FOLDER_IN : FOLDER_OUT);
}

static bool
wanted(const struct wish *wish, const char *name, unsigned n_variants)
{
	if (strcmp(wish->name, "all") && strcmp(wish->name, name))
		return false;
	if (wish->variant > n_variants)
		errx(2, "%s has %u variants", name, n_variants);
	return true;
}

/* Without a tree, only see whether there is such a kind and variant. */
static void
grant(struct tree *tree, const struct wish *wish)
{
	struct recipe_list odd = odd_list();
	unsigned n = 0;

	for (unsigned i = 0; wish->kind == O_TRIGGER && trigger_at(i); i++) {
		if (wanted(wish, trigger_at(i)->name, trigger_at(i)->n_variants) && ++n && tree)
			grant_recipe(tree, wish, trigger_at(i));
	}
	for (unsigned i = 0; wish->kind == O_DAMAGE && damage_at(i); i++) {
		if (wanted(wish, damage_at(i)->name, damage_at(i)->n_variants) && ++n && tree)
			grant_damage(tree, wish, damage_at(i));
	}
	for (unsigned i = 0; wish->kind == O_ODD_KIND && i < odd.n; i++) {
		if (wanted(wish, odd.rows[i].name, odd.rows[i].n_variants) && ++n && tree)
			grant_recipe(tree, wish, &odd.rows[i]);
	}
	if (!n)
		errx(2, "%s: no such kind; see --list-triggers, --list-damage, --list-odd",
		    wish->name);
}

static void
check_wishes(const struct request *request)
{
	const struct look *look = &request->tree.look;

	for (unsigned i = 0; i < request->n_wishes; i++) {
		grant(NULL, &request->wishes[i]);
		if (request->wishes[i].kind == O_DAMAGE && (look->lf_only || look->no_envelope))
			errx(2, "--damage does not go with --lf-only or --no-envelope");
	}
	if (request->all && !request->background)
		errx(2, "--count=all wants --background");
}

int
main(int argc, char **argv)
{
	struct request request = { .tree = { .seed = 1,
				       .big_max = 35 * 22 * 1024,
				       .text_max = TREE_TEXT_MAX,
				       .zone = SITE_ZONE },
		.count = 500,
		.odd = 5,
		.in = true,
		.out = true };
	int id;

	while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		take_option(&request, id, optarg);
	if (optind < argc || !request.tree.out) {
		fputs(usage_text, stderr);
		return 2;
	}
	check_wishes(&request);
	tree_begin(&request.tree);
	if (request.demo) {
		tree_demo(&request.tree);
	} else if (request.scenario) {
		scenario_write(&request.tree, request.scenario, request.count);
	} else {
		make_background(&request);
		for (unsigned i = 0; i < request.n_wishes; i++)
			grant(&request.tree, &request.wishes[i]);
	}
	tree_end(&request.tree);
	printf("%u files, %llu bytes\n", request.tree.n_files, request.tree.bytes);
	return 0;
}
