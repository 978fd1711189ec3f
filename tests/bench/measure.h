/* SPDX-License-Identifier: MIT */
/* measure.h: what a bench program measures of itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CPU time of this process so far. */
double bench_cpu_seconds (void);

/* What the C library has handed out. */
double bench_memory_kb (void);

/* What the process holds of the machine's memory, after giving back what was freed. */
double bench_resident_bytes (void);

G_END_DECLS
