/*
 * rtfcomp.h - compressed RTF ([MS-OXRTFCP]) as TNEF carries it.
 *
 * For the TNEF parser.
 */
/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef IMC_RTFCOMP_H
#define IMC_RTFCOMP_H

#include "facts.h"
#include "slice.h"

/* The first fault of a whole value of PidTagRtfCompressed. Unpacks nothing: lengths are added up,
 * so a value that unpacks to a hundred times its size costs no memory. */
enum rtfcomp_fault rtf_fault(struct slice value);

#endif
