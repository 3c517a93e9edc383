/*
 * logs_watson.c - drwtsn32.log of NT 4.0: one dump a crash.
 *
 * Banner and sections: Q165404, Q246084, Q185025, Q214407; rows of the raw stack: Q190016. Registers,
 * addresses and the task list are ours.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "logs.h"

#include <string.h>

#include "rng.h"

enum { STACK_TOP = 0x00daaefc, THREADS = 3 };

static void
add_head(struct buf *to, const struct log_story *story, unsigned i)
{
	const struct tm tm = log_local(story, log_crash_at(story, i));
	const unsigned pid = 167 + 12 * i;

	buf_fmt(to,
	    "\r\nApplication exception occurred:\r\n"
	    "        App: exe\\MSEXCIMC.dbg (pid=%u)\r\n"
	    "        When: %d/%d/%d @ %d:%d:%d.638\r\n"
	    "        Exception number: c0000005 (access violation)\r\n\r\n",
	    pid, tm.tm_mon + 1, tm.tm_mday, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
	buf_fmt(to,
	    "*----> System Information <----*\r\n"
	    "        Computer Name: " LOG_SERVER "\r\n        User Name: Exservice\r\n"
	    "        Number of Processors: 1\r\n"
	    "        Processor Type: x86 Family 6 Model 7 Stepping 3\r\n"
	    "        Windows Version: 4.0\r\n        Current Build: 1381\r\n"
	    "        Current Type: Uniprocessor Free\r\n        Registered Organization: Acme\r\n"
	    "        Registered Owner: Acme\r\n\r\n"
	    "*----> Task List <----*\r\n   0 Idle.exe\r\n   2 System.exe\r\n"
	    "  20 smss.exe\r\n  41 services.exe\r\n 119 store.exe\r\n%4u MSEXCIMC.exe\r\n"
	    "   0 _Total.exe\r\n\r\n",
	    pid);
	buf_str(to, "(00400000 - 00406000) exe\\MSEXCIMC.dbg\r\n"
		    "(77f60000 - 77fbc000) dll\\ntdll.dbg\r\n\r\n");
}

/* Sixteen bytes a row: address, two groups of eight, the same as text. */
static void
add_rows(struct buf *to, const struct buf *stack)
{
	for (size_t at = 0; at < stack->len; at += 16) {
		buf_fmt(to, "%08zx ", STACK_TOP + at);
		for (size_t i = at; i < at + 16; i++)
			buf_fmt(to, i == at + 8 ? " - %02x" : " %02x", stack->data[i]);
		buf_str(to, "  ");
		for (size_t i = at; i < at + 16; i++)
			buf_byte(to,
			    stack->data[i] >= 0x20 && stack->data[i] < 0x7f ? stack->data[i] : '.');
		buf_str(to, "\r\n");
	}
}

static void
add_words(struct rng *rng, struct buf *stack, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		buf_u32le(stack, rng_percent(rng, 40) ? 0 : 0x00da0000u + rng_below(rng, 65536));
}

/* Pointers, a few strings that any mail has, the bytes of the culprit if they are there, its path
 * if that is. */
static void
add_stack(struct buf *to, const struct log_story *story, bool faulting, struct rng *rng)
{
	static const char *const common[] = { "text/plain", "Content-Type", "us-ascii",
		"multipart/mixed" };
	struct pool pool = { NULL };
	struct buf *stack = pool_buf(&pool);

	add_words(rng, stack, 2 + rng_below(rng, 4));
	buf_str(stack, common[rng_below(rng, 4)]);
	buf_fill(stack, 0, 4 - stack->len % 4);
	if (faulting && !story->no_fragment)
		buf_add(stack, story->fragment, story->n_fragment);
	buf_fill(stack, 0, 4 - stack->len % 4);
	if (faulting && story->name_on_stack)
		buf_fmt(stack, LOG_ROOT "in\\%s", story->culprit);
	buf_fill(stack, 0, 4 - stack->len % 4);
	add_words(rng, stack, 8);
	buf_fill(stack, 0, (16 - stack->len % 16) % 16);
	buf_str(to, "*----> Raw Stack Dump <----*\r\n");
	add_rows(to, stack);
	buf_str(to, "\r\n");
	pool_clear(&pool);
}

static void
add_thread(struct buf *to, const struct log_story *story, unsigned thread, struct rng *rng)
{
	const bool faulting = thread == 1;
	const char *function = faulting ? story->function : "NtWaitForSingleObject";
	const unsigned at = !faulting ? 0x77f6791fu : story->address ? story->address : 0x0042f1c0u;

	if (!function)
		function = "CmnContent::hrAddParm";
	buf_fmt(to,
	    "State Dump for Thread Id 0x%x\r\n\r\n"
	    "eax=00000000 ebx=00dab2c4 ecx=00dab000 edx=00000000 esi=00000000 edi=00dab1f0\r\n"
	    "eip=%08x esp=%08x ebp=00dab0e8 iopl=0         nv up ei pl zr na po nc\r\n"
	    "cs=001b  ss=0023  ds=0023  es=0023  fs=0038  gs=0000             efl=00000246\r\n\r\n\r\n"
	    "function: %s\r\n        %08x 0bf0             or      esi,eax\r\n",
	    0x144 + 4 * thread, at, STACK_TOP, function, at - 2);
	buf_fmt(to,
	    "%s%08x 8b06             mov     eax,[esi]              ds:00000000=????????\r\n"
	    "        %08x 50               push    eax\r\n\r\n"
	    "*----> Stack Back Trace <----*\r\n\r\n"
	    "FramePtr ReturnAd Param#1  Param#2  Param#3  Param#4  Function Name\r\n"
	    "00daaefc 004301a3 00dab000 00000000 0000000c 00000001 %s%s \r\n"
	    "00dab0e8 0040c7bc 00dab1f0 00000000 00000000 00000001 MSEXCIMC!<nosymbols> \r\n\r\n",
	    faulting ? "FAULT ->" : "        ", at, at + 2,
	    strstr(function, "::") ? "MSEXCIMC!" : "", function);
	add_stack(to, story, faulting, rng);
}

void
log_drwatson(struct buf *to, const struct log_story *story)
{
	struct rng rng = rng_for((uint64_t)story->crash, "stack", story->n_fragment);

	buf_str(to, "\r\nMicrosoft (R) Windows NT (TM) Version 4.00 DrWtsn32\r\n"
		    "Copyright (C) 1985-1996 Microsoft Corp. All rights reserved.\r\n\r\n");
	for (unsigned i = 0; i < story->n_crashes; i++) {
		add_head(to, story, i);
		for (unsigned thread = 0; thread < THREADS; thread++)
			add_thread(to, story, thread, &rng);
	}
}
