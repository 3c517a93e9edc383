/* rules.c - the registry: every family of rules, in the order that gives rules their index. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <string.h>

#include "rules/family.h"

#define RULES_MAX 600

static const struct family *const families[] = {
	&family_damage,
	&family_truncation,
	&family_envelope,
	&family_envelope_cases,
	&family_header,
	&family_subject,
	&family_subject_cases,
	&family_message_id,
	&family_folding,
	&family_header_cases,
	&family_header_place,
	&family_conformance,
	&family_field_names,
	&family_field_values,
	&family_repeated,
	&family_address,
	&family_address_form,
	&family_address_cases,
	&family_display_name,
	&family_x400,
	&family_date,
	&family_date_age,
	&family_date_cases,
	&family_words,
	&family_word_place,
	&family_type,
	&family_type_values,
	&family_mime,
	&family_mime_parts,
	&family_mime_cases,
	&family_boundary,
	&family_structure,
	&family_nesting,
	&family_embedded,
	&family_charset,
	&family_charset_cases,
	&family_charset_unicode,
	&family_charset_label,
	&family_transfer,
	&family_transfer_label,
	&family_transfer_forms,
	&family_transfer_cases,
	&family_uuencode,
	&family_uuencode_cases,
	&family_binhex,
	&family_binhex_cases,
	&family_apple,
	&family_tnef,
	&family_tnef_cases,
	&family_attachment,
	&family_attachment_names,
	&family_attachment_cases,
	&family_attachment_cut,
	&family_content,
	&family_html,
	&family_text_bytes,
	&family_rtf,
	&family_smime,
	&family_report,
	&family_report_loop,
	&family_recipients,
	&family_recipient_counts,
	&family_limits,
	&family_counts,
	&family_gmime,
	&family_worker,
	&family_across,
	&family_evidence,
};

static size_t
add_family(const struct rule **rules, size_t n, const struct family *family)
{
	assert(n + family->n_rows <= RULES_MAX);
	for (size_t i = 0; i < family->n_rows; i++)
		rules[n++] = &family->rows[i];
	return n;
}

const struct rule *const *
rules_all(size_t *count)
{
	/* Filled on first use from the constant tables and never changed: C has no constant
	 * expression that joins arrays of several files. */
	static const struct rule *rules[RULES_MAX];
	static size_t n;

	if (n == 0) {
		for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
			n = add_family(rules, n, families[i]);
	}
	*count = n;
	return rules;
}

const struct rule *
rule_by_id(const char *id, size_t *index)
{
	size_t n;
	const struct rule *const *rules = rules_all(&n);

	for (size_t i = 0; i < n; i++) {
		if (strcmp(rules[i]->id, id) != 0)
			continue;
		if (index)
			*index = i;
		return rules[i];
	}
	return NULL;
}

const struct imc_case *
rule_next_case(const struct rule *rule, const char **state)
{
	const char *at = *state ? *state : rule->cases;

	while (*at) {
		size_t len;
		const struct imc_case *one;

		at += strspn(at, " ");
		len = strcspn(at, " ");
		one = case_by_id(at, len);
		at += len;
		*state = at;
		if (one)
			return one;
	}
	*state = at;
	return NULL;
}
