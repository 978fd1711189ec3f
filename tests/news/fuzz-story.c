/* SPDX-License-Identifier: MIT */
/* Two entries as strangers may write them, made ready and compared: "TITLE\nSUMMARY\nLINK\nTITLE\nSUMMARY\nLINK"; and
 * the bytes as a store may have them. */
#include <stdint.h>
#include <string.h>

#include "alert/context.h"
#include "base/text.h"
#include "news/story.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
sign (char *const *lines, guint first, TruceStorySignature *ret_signature)
{
  guint n = g_strv_length ((char **) lines);
  const TruceItem item = {
    .title = first < n ? lines[first] : (char *) "",
    .summary = first + 1 < n ? lines[first + 1] : (char *) "",
    .link = first + 2 < n ? lines[first + 2] : NULL,
    .published = TRUCE_TIME_NONE,
    .updated = TRUCE_TIME_NONE,
  };
  const char *const topic[] = { item.title, item.summary, NULL };

  truce_story_sign (&item, "feed", first > 0 ? topic : NULL, TRUCE_DAY, ret_signature);
}

static void
check_bytes (const TruceStorySignature *signature)
{
  guint8 bytes[TRUCE_STORY_BYTES_MAX];
  TruceStorySignature back;

  g_assert_true (truce_story_read (bytes, truce_story_write (signature, bytes), &back));
  g_assert_true (memcmp (signature, &back, sizeof back) == 0);
}

static void
check_context (const char *text, const char *word)
{
  const char *const words[] = { word, NULL };
  g_autoptr (GArray) marks = truce_context_marks (text, words);
  guint from = 0;

  for (guint i = 0; i < marks->len; i++) {
    const TruceContextMark *mark = &g_array_index (marks, TruceContextMark, i);
    g_assert_cmpuint (mark->from, >=, from);
    g_assert_cmpuint (mark->to, >, mark->from);
    g_assert_cmpuint (mark->to, <=, strlen (text));
    from = mark->to;
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 6);
  TruceStorySignature one, other;

  for (guint i = 0; lines[i]; i++) {
    g_autofree char *line = lines[i];
    lines[i] = truce_text_clean (line, -1);
  }
  sign (lines, 0, &one);
  sign (lines, 3, &other);
  g_assert_cmpint (truce_story_compare (&one, &other, NULL), ==, truce_story_compare (&other, &one, NULL));
  check_bytes (&one);
  check_bytes (&other);
  if (lines[0] && lines[1])
    check_context (lines[0], lines[1]);
  (void) truce_story_read (data, size, &one);
  return 0;
}
