/* SPDX-License-Identifier: MIT */
#include "engine/history_store.h"
#include "io/store_sqlite.h"
#include "store-fixture.h"

static char *folder;
static TruceStore *store;

static void
open_store (World *world)
{
  g_autoptr (GError) error = NULL;
  TruceStorePort port;

  store = truce_store_open (folder, world->now, NULL, &error);
  g_assert_no_error (error);
  truce_store_port (store, &port);
  world_use_store (world, &port);
}

/* Where writing waits for no disk: it is written every time, as ever. */
void
history_store_begin (World *world)
{
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();

  folder = g_mkdtemp (g_build_filename (base, "truced-history-XXXXXX", NULL));
  g_assert_nonnull (folder);
  open_store (world);
}

void
history_store_reopen (World *world)
{
  g_clear_pointer (&store, truce_store_close);
  open_store (world);
}

void
history_store_end (void)
{
  g_clear_pointer (&store, truce_store_close);
  remove_folder (folder);
  g_clear_pointer (&folder, g_free);
}
