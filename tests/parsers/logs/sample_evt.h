/*
 * sample_evt.h - the events that test_evt.c and evtdump.c have written to a log: a site whose
 * connector dies on one message.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_TEST_SAMPLE_EVT_H
#define IMC_TEST_SAMPLE_EVT_H

#include "mkspool/evt.h"

#define SAMPLE_TIME 983822872u /* 2001-03-05 20:07:52 UTC */
#define IMC "MSExchangeIMC"
#define HOST "EXGATE1"

static const unsigned char sample_data[] = { 0x9a, 0x01, 0x02, 0x00, 0x0e, 0x00, 0x07, 0x80, 'G',
	'1', 'X', '4', 'T', 'L', '2', 'Q', 0 };

static const struct evt_event sample_events[] = {
	{ .time = SAMPLE_TIME - 600,
	    .id = 0x400003e8,
	    .type = EVT_INFORMATION,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "The service was started. build 2650" } },
	{ .time = SAMPLE_TIME - 60,
	    .id = 0x400007d2,
	    .type = EVT_INFORMATION,
	    .category = 4,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "<anna@mail.example>", "D:\\exchsrvr\\imcdata\\in\\G1X4TKB7",
		"mail.example", "1" } },
	{ .time = SAMPLE_TIME - 1,
	    .id = 0x400007d2,
	    .type = EVT_INFORMATION,
	    .category = 4,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "<bert@other.example>", "D:\\exchsrvr\\imcdata\\in\\G1X4TK19",
		"other.example", "2" } },
	{ .time = SAMPLE_TIME,
	    .id = 0x00001001,
	    .type = EVT_INFORMATION,
	    .source = "DrWatson",
	    .computer = HOST,
	    .strings = { "The application, exe\\MSEXCIMC.dbg, generated an application error The "
			 "error occurred on 3/ 5/2001 @ 14:07:52.638 The exception generated was "
			 "c0000005 at address 0042f1c0 (CmnContent::hrAddParm)" },
	    .has_sid = true },
	{ .time = SAMPLE_TIME + 1,
	    .id = 0xc0000fc5,
	    .type = EVT_ERROR,
	    .category = 3,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "0xc0000005", "0x00000000", "0x0042f1c0" } },
	{ .time = SAMPLE_TIME + 30,
	    .id = 0xc0001018,
	    .type = EVT_ERROR,
	    .source = IMC,
	    .computer = HOST,
	    .data = sample_data,
	    .n_data = sizeof sample_data },
	{ .time = SAMPLE_TIME + 40,
	    .id = 0xc0001056,
	    .type = EVT_ERROR,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "G1X4TK2R" } },
	{ .time = SAMPLE_TIME + 50,
	    .id = 0x80002ee6,
	    .type = EVT_WARNING,
	    .source = "MSExchangeIS",
	    .computer = HOST,
	    .strings = { "0x80040102-0x8004011b", "<one.1@other.example>", "bert@other.example",
		"G1X4TK3C" } },
	{ .time = SAMPLE_TIME + 60,
	    .id = 0xc0000bca,
	    .type = EVT_ERROR,
	    .source = IMC,
	    .computer = HOST,
	    .strings = { "D:", "Gr\xc3\xbc\xc3\x9f"
			       "e" } },
};

enum { SAMPLE_EVENTS = sizeof sample_events / sizeof *sample_events };

#endif
