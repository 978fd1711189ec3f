/* SPDX-License-Identifier: MIT */
#include "base/json.h"

static void
test_unused_keys_are_left_out (void)
{
  g_autoptr (json_t) object = json_object ();
  static const char *const none[] = { NULL }, *const two[] = { "a", "b", NULL };

  truce_json_set_text (object, "text", NULL);
  truce_json_set_time (object, "time", TRUCE_TIME_NONE);
  truce_json_set_strv (object, "null", NULL);
  truce_json_set_strv (object, "none", none);
  truce_json_set_steal (object, "array", json_array ());
  truce_json_set_steal (object, "nothing", NULL);
  g_assert_cmpuint (json_object_size (object), ==, 0);

  truce_json_set_time (object, "time", 0);
  truce_json_set_strv (object, "two", two);
  truce_json_set_integer (object, "n", -5);
  truce_json_set_boolean (object, "yes", TRUE);
  truce_json_set_text (object, "text", "틱톡 \"x\"");
  g_autofree char *line = truce_json_to_line (object);
  g_assert_cmpstr (line, ==,
                   "{\"time\":\"1970-01-01T00:00:00Z\",\"two\":[\"a\",\"b\"],\"n\":-5,\"yes\":true,\"text\":\"틱톡 "
                   "\\\"x\\\"\"}");
  g_assert_cmpint (truce_json_get_time (object, "time"), ==, 0);
  g_assert_cmpint (truce_json_get_time (object, "text"), ==, TRUCE_TIME_NONE);
  g_assert_cmpint (truce_json_get_time (object, "absent"), ==, TRUCE_TIME_NONE);
  g_assert_cmpint (truce_json_get_integer (object, "n", 1), ==, -5);
  g_assert_cmpint (truce_json_get_integer (object, "text", 1), ==, 1);
  g_assert_true (truce_json_get_boolean (object, "yes"));
  g_assert_false (truce_json_get_boolean (object, "absent"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/unused-keys", test_unused_keys_are_left_out);
  return g_test_run ();
}
