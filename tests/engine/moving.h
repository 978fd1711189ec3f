/* SPDX-License-Identifier: MIT */
/* moving.h: a world with one date that the news says things of. */
#pragma once

#include "world.h"

/* Of 12 August 2025; a report that hangs on it; three papers and an office. */
#define TRUCE                                                                              \
  "[milestone truce]\ntitle = Truce\ndue = 2025-08-12 12:00\nmatch = truce\n"              \
  "[milestone report]\ntitle = Report\ndue = milestone:truce + 30d\n"                      \
  "[feed wire]\nurl = https://wire.example/f\n[feed post]\nurl = https://post.example/f\n" \
  "[feed echo]\nurl = https://echo.example/f\n[feed office]\nurl = https://office.example/f\ntier = official\n"
#define PLAIN "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\n" TRUCE

#define EXTENDED "Leaders extend truce until November 10"
#define REPORTED "move Truce: moved to Mon 10 Nov 2025, reports wire.example\n"

/* On 2 July 2025, in which nothing is polled. */
World *begin (const char *text);
/* As if a poll had brought it, at its publication. */
void bring (World *world, const char *feed_id, const char *title, const char *summary, const char *at);
/* As world_take_raised() has it. */
void assert_raised (World *world, const char *expected);
/* (transfer full) */
json_t *moves (World *world, gboolean all);
