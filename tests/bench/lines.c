/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BenchLines *
bench_lines_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  BenchLines *lines = g_new0 (BenchLines, 1);

  if (!g_file_get_contents (path, &lines->text, NULL, &error)) {
    fprintf (stderr, "%s\n", error->message);
    exit (1);
  }
  lines->lines = g_ptr_array_new ();
  for (char *at = lines->text; *at;) {
    char *end = strchrnul (at, '\n');
    if (end > at)
      g_ptr_array_add (lines->lines, at);
    at = *end ? end + 1 : end;
    *end = '\0';
  }
  return lines;
}

void
bench_lines_free (BenchLines *lines)
{
  if (!lines)
    return;
  g_ptr_array_unref (lines->lines);
  g_free (lines->text);
  g_free (lines);
}

void
bench_found_add (BenchFound *found, guint line, guint phrase, guint end)
{
  guint64 hash = ((guint64) line << 32 | end) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ phrase;

  hash = (hash ^ hash >> 29) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  found->digest += hash ^ hash >> 32;
  found->n++;
}

void
bench_found_print (const BenchFound *found, const char *name)
{
  printf ("%s %" G_GUINT64_FORMAT ":%016" G_GINT64_MODIFIER "x\n", name, found->n, found->digest);
}

void
bench_lines_write (const guint8 *set, guint n, const char *path)
{
  FILE *file = fopen (path, "w");

  if (!file) {
    perror (path);
    exit (1);
  }
  for (guint i = 0; i < n; i++)
    if (set[i])
      fprintf (file, "%u\n", i + 1);
  fclose (file);
}
