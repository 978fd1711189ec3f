/* SPDX-License-Identifier: MIT */
/* Replays a corpus through a fuzz target in the ordinary tests: each argument is a file, or a folder of files. */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint n_replayed;

static void
replay_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  /* An exact copy, so that a read past the end is seen. */
  g_autofree uint8_t *exact = g_memdup2 (bytes, length);
  LLVMFuzzerTestOneInput (exact ? exact : (const uint8_t *) "", length);
  n_replayed++;
}

static void
replay (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (!folder) {
    replay_file (path);
    return;
  }
  while ((name = g_dir_read_name (folder))) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    replay (inside);
  }
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    replay (argv[i]);
  printf ("%u inputs replayed\n", n_replayed);
  return n_replayed > 0 ? 0 : 1;
}
