/* fuzz_params.c - libFuzzer target: values of Content-Type and Content-Disposition. */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "harness.h"

#include "../../parsers/mail/mail.h"

static const struct parser *const parsers[] = { FIRST_PARSERS, NULL };

static void
check_value(const struct typed_value *value)
{
	assert(value->n_params <= PARAMS_MAX);
	for (size_t i = 0; i < value->n_params; i++) {
		const struct param *param = &value->params[i];

		assert(param->has_equals || param->name.len == 0 || param->value.len == 0);
		assert(i == 0 || param[-1].whole.data + param[-1].whole.len <= param->whole.data);
		assert(param->value.len == 0 ||
		       param->name.data + param->name.len <= param->value.data);
	}
}

static void
try_field(const char *head, struct slice value)
{
	struct subject subject;

	subject_open(&subject, head, value, "\r\n\r\n--b\r\n\r\na\r\n--b--\r\n", parsers);
	for (size_t i = 0; i < subject.msg.n_parts; i++) {
		check_value(&subject.msg.parts[i].type);
		check_value(&subject.msg.parts[i].disposition);
	}
	subject_close(&subject);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_field("Content-Type: ", slice_of(data, size));
	try_field("Content-Disposition: ", slice_of(data, size));
	return 0;
}
