/* SPDX-License-Identifier: MIT */
#include "bus/variant.h"

typedef struct {
  const char *json;
  const char *variant; /* as g_variant_print() writes it, with types where they are not plain */
  const char *back;    /* NULL: as `json` */
} Row;

static void
test_records (void)
{
  static const Row rows[] = {
    { "{}", "@a{sv} {}", NULL },
    { "{\"id\":\"a\",\"raised\":\"2025-08-12T04:01:00Z\"}", "{'id': <'a'>, 'raised': <'2025-08-12T04:01:00Z'>}", NULL },
    { "{\"seconds_left\":-9223372036854775808}", "{'seconds_left': <int64 -9223372036854775808>}", NULL },
    { "{\"late\":true,\"approximate\":false}", "{'late': <true>, 'approximate': <false>}", NULL },
    { "{\"matched\":[\"rare earth\",\"희토류\"]}", "{'matched': <['rare earth', '희토류']>}", NULL },
    { "{\"items\":[{\"title\":\"T\"},{}]}", "{'items': <[{'title': <'T'>}, {}]>}", NULL },
    { "{\"next\":{\"at\":{\"deep\":1}}}", "{'next': <{'at': <{'deep': <int64 1>}>}>}", NULL },
    { "{\"z\":1,\"a\":2,\"m\":3}", "{'z': <int64 1>, 'a': <int64 2>, 'm': <int64 3>}", NULL },
    /* What records do not have is left out, and nothing else with it. */
    { "{\"a\":null,\"b\":[],\"c\":1.5,\"d\":1}", "{'d': <int64 1>}", "{\"d\":1}" },
    { "{\"mixed\":[\"x\",1,\"y\"]}", "{'mixed': <['x', 'y']>}", "{\"mixed\":[\"x\",\"y\"]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (json_t) object = json_loads (rows[i].json, 0, NULL);
    g_autoptr (GVariant) variant = g_variant_ref_sink (truce_variant_from_record (object));
    g_autofree char *text = g_variant_print (variant, TRUE);
    g_autoptr (json_t) back = truce_variant_to_json (variant);
    g_autofree char *line = truce_json_to_line (back);

    g_assert_true (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT));
    g_assert_cmpstr (text, ==, rows[i].variant);
    g_assert_cmpstr (line, ==, rows[i].back ? rows[i].back : rows[i].json);
  }
}

static void
test_lists (void)
{
  g_autoptr (json_t) array = json_loads ("[{\"id\":\"a\"},{\"id\":\"b\"}]", 0, NULL);
  g_autoptr (json_t) empty = json_array ();
  g_autoptr (GVariant) two = g_variant_ref_sink (truce_variant_from_records (array));
  g_autoptr (GVariant) none = g_variant_ref_sink (truce_variant_from_records (empty));
  g_autoptr (json_t) back = truce_variant_to_json (two);

  g_assert_true (json_equal (array, back));
  g_assert_cmpstr (g_variant_get_type_string (none), ==, "aa{sv}");
  g_assert_cmpuint (g_variant_n_children (none), ==, 0);
}

static void
test_strangers (void)
{
  static const char *const texts[] = { "1.5",    "uint32 1",     "byte 1", "(1, 2)",
                                       "[1, 2]", "{'a': <1.5>}", "<'v'>",  "{1: 2}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GVariant) variant = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);

    g_assert_nonnull (variant);
    g_assert_null (truce_variant_to_json (variant));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variant/records", test_records);
  g_test_add_func ("/variant/lists", test_lists);
  g_test_add_func ("/variant/strangers", test_strangers);
  return g_test_run ();
}
