/* SPDX-License-Identifier: MIT */
/* history_store.h: where truced keeps what it knows while test-histories.c runs: in memory (history_memory.c), or on
 * the disk as ever (io/history_disk.c). */
#pragma once

#include "world.h"

void history_store_begin (World *world); /* before anything has been done */
void history_store_reopen (World *world);
void history_store_end (void);
