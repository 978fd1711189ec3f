/* SPDX-License-Identifier: MIT */
/* lines.h: what the drivers of the matching bench share: files of lines, and a digest of what was found.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *text;
  GPtrArray *lines; /* const char *, in `text`; empty ones are left out */
} BenchLines;

/* Ends the program when the file cannot be read. */
BenchLines *bench_lines_read (const char *path);
void bench_lines_free (BenchLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchLines, bench_lines_free)

static inline const char *
bench_line (const BenchLines *lines, guint index)
{
  return g_ptr_array_index (lines->lines, index);
}

/* One number for a set of finds, in whatever order they come. */
typedef struct {
  guint64 n;
  guint64 digest;
} BenchFound;

void bench_found_add (BenchFound *found, guint line, guint phrase, guint end);
void bench_found_print (const BenchFound *found, const char *name);

/* The numbers of the lines that are set, from 1, one a line as grep -n begins. */
void bench_lines_write (const guint8 *set, guint n, const char *path);

G_END_DECLS
